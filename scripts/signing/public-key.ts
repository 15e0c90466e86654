import { createPublicKey, type KeyObject } from 'node:crypto';
import { ReportedError } from '../diagnostic/index.ts';
import { readRegular } from '../files/index.ts';
import { decoded, isOfSecretKey, KEY_NUMBER_BYTES, keyName, LEGACY, linesOf } from './encoding.ts';

/** What verifies signatures of one key. */
export interface PublicKey {
  /** As minisign prints it: 16 hexadecimal digits. */
  readonly name: string;
  readonly number: Uint8Array;
  readonly key: KeyObject;
  /** Its line of base64, as the second one of `minisign.pub`. */
  readonly line: string;
}

const NUMBER_AT = LEGACY.length;
const KEY_AT = NUMBER_AT + KEY_NUMBER_BYTES;
const KEY_BYTES = 32;

/**
 * A public key of minisign: its file (`minisign.pub`), or its line of base64 itself.
 * @throws ReportedError where it is neither; what was given is not repeated where it is a secret key
 */
export function readPublicKey(given: string): PublicKey {
  const found = parsePublicKey(looksLikeKey(given) ? given : textOfFile(given));
  if (!('fault' in found)) return found;
  throw refused(looksLikeKey(given) ? `what is given ${found.fault}` : `${given} ${found.fault}`);
}

/**
 * The public key in a text: its line of base64, with minisign's comment before it or without; or in words why it is none, as the
 * end of a sentence, which repeats nothing of it.
 */
export function parsePublicKey(text: string): PublicKey | { readonly fault: string } {
  const lines = linesOf(text);
  if (lines.some(isOfSecretKey)) return { fault: SECRET_KEY };
  const bytes = lines.length > 2 ? undefined : decoded(lines.at(-1), KEY_AT + KEY_BYTES);
  if (bytes?.toString('latin1', 0, NUMBER_AT) !== LEGACY) return { fault: 'is no public key of minisign' };
  return publicKeyOf(bytes.subarray(NUMBER_AT, KEY_AT), bytes.subarray(KEY_AT));
}

/** `number`: of the key, 8 bytes; `point`: of Ed25519, 32 bytes. */
export function publicKeyOf(number: Uint8Array, point: Uint8Array): PublicKey {
  const x = Buffer.from(point).toString('base64url');
  return {
    name: keyName(number),
    number,
    key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    line: Buffer.concat([Buffer.from(LEGACY), number, point]).toString('base64'),
  };
}

const SECRET_KEY = 'is a secret key of minisign, which nobody but its owner should see: give the public one';

const looksLikeKey = (given: string): boolean =>
  isOfSecretKey(given) || decoded(given, KEY_AT + KEY_BYTES) !== undefined;

function textOfFile(file: string): string {
  const read = readRegular(file, 1);
  if ('fault' in read) throw refused(`the public key ${file} ${read.fault}`);
  return read.bytes.toString('utf8');
}

function refused(message: string): ReportedError {
  return new ReportedError({
    code: 'public-key',
    severity: 'error',
    message,
    hint: 'It is the file minisign.pub that `minisign -G` wrote, or its second line: 56 characters that begin with RW.',
  });
}
