import { operand, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { publishedDirectory, readSums, signAll, untrustedKey, verify } from '../release/index.ts';
import { namedSigningKey, signingOptions } from './signing-options.ts';

export const name = 'sign';
export const help = {
  summary: 'sign what was built, on this or another machine',
  more: 'SHA256SUMS, in minisign’s format, after everything in it was compared; and what build and tests say of it; `build --signing-key` does the same',
};
export const flags = {
  directory: operand(text('directory', 'directories'), 'what `build` published, such as out/headless, or a copy of it'),
  ...signingOptions,
};
export const startsPrograms = true;

/** Signs the list of checksums of a directory whose files are what it says, its provenance, and the verdicts of its tests. */
export async function run({ directory, ...named }: Values<typeof flags>, context: Context): Promise<void> {
  const sums = readSums(directory);
  const key = await namedSigningKey(named);
  if (key === undefined) {
    throw new UsageError({
      code: 'no-key',
      severity: 'error',
      message: 'sign by which key? --signing-key FILE names it',
      hint: '`minisign -G -s FILE -p FILE.pub` makes one.',
    });
  }
  const { claims, said } = await verify(publishedDirectory(directory, context.signal), undefined);
  const untrusted = untrustedKey(said.manifest, key.publicKey);
  const wrong = claims.filter(({ state }) => state === 'wrong').map(({ sentence }) => sentence);
  const faults = untrusted === undefined ? wrong : [...wrong, untrusted];
  if (faults.length > 0) {
    throw new ReportedError(faults.map((message) => ({ code: 'not-signed', severity: 'error', message })));
  }
  const { signature, attestations } = signAll(directory, sums, key);
  context.print(signature);
  if (attestations !== undefined) context.print(attestations);
  context.say(`signed by the key ${key.publicKey.name}`);
}
