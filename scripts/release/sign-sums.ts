import { existsSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { readRegular, writeWhole } from '../files/index.ts';
import { SIGNATURE_ENDING, type SigningKey, signText } from '../signing/index.ts';
import { attest } from './attest.ts';
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

/** What signing left: absolute or as the directory was named. */
export interface Signed {
  readonly signature: string;
  /** Absent where there was nothing to say. */
  readonly attestations?: string;
}

/**
 * Signs a list of checksums that was read, what the build says of itself, and what tests found.
 * @throws ReportedError where the build's statement is of something else; then nothing is signed
 */
export function signAll(directory: string, { bytes, sums }: ReadSums, key: SigningKey): Signed {
  const attestations = attest(directory, sums, key);
  const signature = path.join(directory, SIGNATURE);
  const seconds = Math.floor(Date.now() / 1000);
  // In the words of minisign itself, which shows them.
  writeWhole(signature, signText(bytes, `timestamp:${seconds}\tfile:${SUMS}\thashed`, key));
  return { signature, ...(attestations !== undefined && { attestations }) };
}

/** Whether the list of checksums of a directory knows all of these files of it. False where there is no list. */
export function listsAll(directory: string, files: readonly string[]): boolean {
  if (!existsSync(path.join(directory, SUMS))) return false;
  const { sums } = readSums(directory);
  return files.every((file) => sums.some((sum) => sum.file === path.relative(directory, file)));
}

/**
 * Signs what a build has just published.
 * @param files what it made, absolute
 * @throws ReportedError where the list does not know one of them: then it is an earlier build's
 */
export function signPublished(directory: string, files: readonly string[], key: SigningKey): Signed {
  if (listsAll(directory, files)) return signAll(directory, readSums(directory), key);
  throw new ReportedError({
    code: 'not-signed',
    severity: 'error',
    message: `${path.join(directory, SUMS)} does not know ${files.map((file) => path.basename(file)).join(', ')}, and so nothing was signed`,
    hint: 'This engine writes no list of it. Sign the file itself: minisign -S -m FILE',
  });
}
