import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { readRegular, writeWhole } from '../files/index.ts';
import { SIGNATURE_ENDING, type SigningKey, signText } from '../signing/index.ts';
import { parseSums, SUMS, type Sum } from './sums.ts';

/** What a signature of minisign is about. */
export const SIGNATURE = `${SUMS}${SIGNATURE_ENDING}`;

export interface ReadSums {
  readonly sums: readonly Sum[];
  readonly bytes: Buffer;
}

/** @throws ReportedError where there is none in `directory`, or it is damaged */
export function readSums(directory: string): ReadSums {
  const file = path.join(directory, SUMS);
  const read = readRegular(file, 1);
  if ('fault' in read) {
    throw new ReportedError({
      code: 'nothing-published',
      severity: 'error',
      message: `${file} ${read.fault}`,
      hint: 'Name a directory that `phyllome build` published, such as out/headless, or a copy of it.',
    });
  }
  return { bytes: read.bytes, sums: parseSums(read.bytes.toString('utf8'), file) };
}

/**
 * Signs a list of checksums that was read, and writes the signature beside it.
 * @returns the signature's file
 */
export function signSums(directory: string, { bytes }: ReadSums, key: SigningKey): string {
  const file = path.join(directory, SIGNATURE);
  const seconds = Math.floor(Date.now() / 1000);
  // In the words of minisign itself, which shows them.
  writeWhole(file, signText(bytes, `timestamp:${seconds}\tfile:${SUMS}\thashed`, key));
  return file;
}

/**
 * Signs what a build has just published.
 * @param files what it made, absolute
 * @throws ReportedError where the list does not know one of them: then it is an earlier build's
 */
export function signPublished(directory: string, files: readonly string[], key: SigningKey): string {
  const read = readSums(directory);
  const unknown = files
    .map((file) => path.relative(directory, file))
    .filter((file) => !read.sums.some((one) => one.file === file));
  if (unknown.length === 0) return signSums(directory, read, key);
  throw new ReportedError({
    code: 'not-signed',
    severity: 'error',
    message: `${unknown.join(', ')} is not in ${path.join(directory, SUMS)}, and so nothing was signed`,
    hint: 'This engine writes no list of it. Sign the file itself: minisign -S -m FILE',
  });
}
