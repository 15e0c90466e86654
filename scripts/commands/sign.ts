import path from 'node:path';
import { operand, option, text, unknownValue, type Value, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { writeWhole } from '../files/index.ts';
import {
  OPENPGP,
  publishedDirectory,
  readSums,
  signAll,
  signByOpenPgp,
  untrustedKey,
  verify,
} from '../release/index.ts';
import { namedSigningKey, signingOptions } from './signing-options.ts';

/** In full: what is shorter may also be of somebody else's key. */
const fingerprint: Value<string> = {
  name: 'fingerprint',
  read: (given, option) => {
    const digits = given.replace(/\s/g, '').toUpperCase();
    if (/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(digits)) return digits;
    throw unknownValue(
      option,
      given,
      'the fingerprint of a key: 40 hexadecimal digits, as `gpg --list-secret-keys` tells them',
    );
  },
};

export const name = 'sign';
export const help = {
  summary: 'sign what was built, on this or another machine',
  more: 'SHA256SUMS, in minisign’s format or by OpenPGP, after everything in it was compared; by minisign also what build and tests say of it; `build --signing-key` does the same',
};
export const flags = {
  directory: operand(text('directory', 'directories'), 'what `build` published, such as out/headless, or a copy of it'),
  ...signingOptions,
  openpgpKey: option(
    fingerprint,
    'the fingerprint of an OpenPGP key by which gpg signs SHA256SUMS, too, or alone: SHA256SUMS.asc; for whom that is enough',
  ),
};
export const startsPrograms = true;

/** Signs the list of checksums of a directory whose files are what it says, its provenance, and the verdicts of its tests. */
export async function run({ directory, ...named }: Values<typeof flags>, context: Context): Promise<void> {
  const sums = readSums(directory);
  const { openpgpKey } = named;
  const key = await namedSigningKey(named);
  if (key === undefined && openpgpKey === undefined) {
    throw new UsageError({
      code: 'no-key',
      severity: 'error',
      message: 'sign by which key? --signing-key FILE names it',
      hint: '`minisign -G -s FILE -p FILE.pub` makes one. By OpenPGP: --openpgp-key FINGERPRINT.',
    });
  }
  const { claims, said } = await verify(publishedDirectory(directory, context.signal), {});
  const untrusted = key && untrustedKey(said.manifest, key.publicKey);
  const wrong = claims.filter(({ state }) => state === 'wrong').map(({ sentence }) => sentence);
  const faults = untrusted === undefined ? wrong : [...wrong, untrusted];
  if (faults.length > 0) {
    throw new ReportedError(faults.map((message) => ({ code: 'not-signed', severity: 'error', message })));
  }
  // The one that may fail, first: a key on a card, a passphrase that is asked for.
  const openPgp = openpgpKey === undefined ? undefined : await signByOpenPgp(sums.bytes, openpgpKey, context);
  if (key !== undefined) {
    const { signature, attestations } = signAll(directory, sums, key);
    context.print(signature);
    if (attestations !== undefined) context.print(attestations);
    context.say(`signed by the key ${key.publicKey.name}`);
  }
  if (openPgp !== undefined) {
    writeWhole(path.join(directory, OPENPGP), openPgp);
    context.print(path.join(directory, OPENPGP));
    context.say(`signed by the OpenPGP key ${openpgpKey}`);
  }
}
