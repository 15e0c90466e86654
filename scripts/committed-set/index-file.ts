import { PARTS } from '../explain/index.ts';
import type { KickstartRecord } from './record.ts';

/** The table of all kickstarts of the set. */
export const INDEX = 'kickstarts.txt';

type Row = Omit<KickstartRecord, 'profile'>;

const HEADER = `# Every kickstart: its SHA-256; a checksum of it without remarks and blank lines; and, to tell what only moved, one of the
# order of its ${PARTS.join(', ')}.
`;

export function writeIndex(rows: readonly Row[]): string {
  const lines = rows.map(({ file, sha256, essence, order }) => {
    return `${[file, sha256, essence, ...PARTS.map((part) => order.get(part) ?? '')].join(' ')}\n`;
  });
  return HEADER + lines.join('');
}

/** The rows of a table by file. What is no row is left out: then its kickstart is as good as not committed. */
export function readIndex(text: string): ReadonlyMap<string, Row> {
  const rows = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line): readonly Row[] => {
      const [file, sha256, essence, ...order] = line.split(' ');
      if (file === undefined || sha256 === undefined || essence === undefined) return [];
      return [{ file, sha256, essence, order: new Map(PARTS.map((part, index) => [part, order[index] ?? ''])) }];
    });
  return new Map(rows.map((row) => [row.file, row]));
}
