import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withoutTime } from '../watch/without-time.ts';

/** One log as the search for a cause sees it. */
export interface EvidenceSource {
  /** `packaging.log`, or `output` for what livemedia-creator printed. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** A longer log is searched from here: what failed stands near its end. */
const lastLines = 5000;

/** In the order in which a cause is to be looked for in them: the nearer to what happened, the earlier. */
const order: readonly RegExp[] = [
  /^error block$/,
  /^packaging\.log$/,
  /^dnf\.log$/,
  /^dbus\.log$/,
  /^anaconda-tb-/,
  /^ks-script-.*\.log$/,
  /^anaconda\.log$/,
  /^storage\.log$/,
  /^program\.log$/,
  /^livemedia\.log$/,
  /^output$/,
];

/**
 * Everything that was written, in the order to search it. Anaconda's logs lie in `anaconda/` once livemedia-creator has
 * collected them; when it was stopped before that, they are still where Anaconda writes them.
 */
export function readEvidence(options: {
  readonly logDirectories: readonly string[];
  readonly output: readonly string[];
  readonly errorBlock?: readonly string[];
}): readonly EvidenceSource[] {
  const files = options.logDirectories.flatMap((directory) =>
    existsSync(directory)
      ? readdirSync(directory, { withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => ({ name: entry.name, lines: linesOf(path.join(directory, entry.name)) }))
      : [],
  );
  const all = [
    ...(options.errorBlock ? [{ name: 'error block', lines: options.errorBlock }] : []),
    ...files,
    { name: 'output', lines: options.output.map(withoutTime) },
  ];
  return order.flatMap((pattern) => all.filter(({ name }) => pattern.test(name)));
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(-lastLines).map(withoutTime);
}
