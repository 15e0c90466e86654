import type { ProgressKind } from './plan.ts';

/** Follows a program's output lines and answers how far it is, as a short text, or `undefined` when a line says nothing. */
export type ProgressReader = (line: string) => string | undefined;

/** How many packages a plan installs and how many bytes they are, where the lock file told it already. */
export interface PackageTotals {
  readonly count: number;
  readonly bytes: number;
}

export function progressReader(kind: ProgressKind | undefined, totals: PackageTotals | undefined): ProgressReader {
  if (kind === 'apt-download') return aptDownload(totals);
  if (kind === 'dpkg') return dpkg(totals);
  if (kind === 'percentage') return (line) => /(?:^|\s)(\d{1,3})(?:\.\d+)?%/.exec(line)?.[1]?.concat(' %');
  return () => undefined;
}

/** apt: `Get:93 http://… dmsetup amd64 2:1.02.205-2 [82.3 kB]` */
function aptDownload(totals: PackageTotals | undefined): ProgressReader {
  let count = 0;
  let bytes = 0;
  return (line) => {
    const size = /^Get:\d+ .*\[([\d.,]+) (B|kB|MB|GB)\]/.exec(line);
    if (!size) return undefined;
    count += 1;
    bytes += Number(size[1]?.replace(',', '')) * ({ B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[size[2] ?? 'B'] ?? 1);
    const of = (done: string, total: string | undefined) => (total === undefined ? done : `${done}/${total}`);
    return `${of(`${count}`, totals && `${totals.count}`)} files, ${of(megabytes(bytes), totals && megabytes(totals.bytes))} MB`;
  };
}

/** dpkg: every package is unpacked once and set up once. apt says before each of its runs how many that run installs. */
function dpkg(totals: PackageTotals | undefined): ProgressReader {
  const seen = { Unpacking: 0, 'Setting up': 0 };
  let announced = 0;
  return (line) => {
    announced += Number(/^\d+ upgraded, (\d+) newly installed/.exec(line)?.[1] ?? 0);
    const action = /^(Unpacking|Setting up) (\S+)/.exec(line);
    if (!action) return undefined;
    const verb = action[1] as keyof typeof seen;
    seen[verb] += 1;
    const total = totals?.count ?? announced;
    const count = total === 0 ? `${seen[verb]}` : `${Math.min(seen[verb], total)}/${total}`;
    return `${verb.toLowerCase()} ${count} ${action[2] ?? ''}`;
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
