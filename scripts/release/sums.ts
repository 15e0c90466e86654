import { ReportedError } from '../diagnostic/index.ts';

/** The list of what is published. */
export const SUMS = 'SHA256SUMS';
/** No directory that was published has so many files. */
export const MOST_SUMS_BYTES = 2 ** 20;

/** A line of it. */
export interface Sum {
  /** Below the directory, with `/` between its parts. */
  readonly file: string;
  readonly sha256: string;
}

/**
 * Reads a list as `sha256sum` writes it. Names that lead out of the directory are none, nor is one that stands there twice.
 * @throws ReportedError with every line that is wrong
 */
export function parseSums(text: string, where: string): readonly Sum[] {
  const seen = new Set<string>();
  const lines = text.split('\n');
  const read = lines.slice(0, -1).map((line) => parseLine(line, seen));
  const faults = read.flatMap((one, index) => (typeof one === 'string' ? [`${where}:${index + 1}: ${one}`] : []));
  if (lines.at(-1) !== '') faults.push(`${where}: its last line is not whole`);
  if (read.length === 0) faults.push(`${where}: there is nothing in it`);
  const sums = read.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  if (faults.length === 0) return sums;
  throw new ReportedError(
    // Where a whole page of something else lies in its place, the first lines tell enough.
    faults.slice(0, 5).map((message) => ({ code: 'sums', severity: 'error', message })),
  );
}

function parseLine(line: string, seen: Set<string>): Sum | string {
  const [, sha256, file] = /^([\da-f]{64}) [ *](.+)$/.exec(line) ?? [];
  if (sha256 === undefined || file === undefined) return 'is no line of a SHA-256 and a name';
  if (!isPlainName(file)) return `${JSON.stringify(file)} is no name of a file in this directory`;
  if (seen.has(file)) return `${file} stands there twice`;
  seen.add(file);
  return { file, sha256 };
}

/** Relative, without a way up, and nothing in it that terminals, shells or other systems read as something else. */
export function isPlainName(file: string): boolean {
  return !/[\p{C}\\]/u.test(file) && file.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
