import { createPublicKey, type KeyObject } from 'node:crypto';
import { ReportedError } from '../diagnostic/index.ts';
import { readRegular } from '../files/index.ts';
import { decoded, KEY_NUMBER_BYTES, keyName, LEGACY, linesOf } from './encoding.ts';

/** What verifies signatures of one key. */
export interface PublicKey {
  /** As minisign prints it: 16 hexadecimal digits. */
  readonly name: string;
  readonly number: Uint8Array;
  readonly key: KeyObject;
}

const NUMBER_AT = LEGACY.length;
const KEY_AT = NUMBER_AT + KEY_NUMBER_BYTES;
const KEY_BYTES = 32;

/**
 * A public key of minisign: its file (`minisign.pub`), or its line of base64 itself.
 * @throws ReportedError where it is neither
 */
export function readPublicKey(given: string): PublicKey {
  const bytes = decoded(given, KEY_AT + KEY_BYTES) ?? bytesOfFile(given);
  const algorithm = bytes?.toString('latin1', 0, NUMBER_AT);
  if (bytes === undefined || algorithm !== LEGACY) {
    throw refused(`${given} is no public key of minisign`);
  }
  return publicKeyOf(bytes.subarray(NUMBER_AT, KEY_AT), bytes.subarray(KEY_AT));
}

/** `number`: of the key, 8 bytes; `point`: of Ed25519, 32 bytes. */
export function publicKeyOf(number: Uint8Array, point: Uint8Array): PublicKey {
  const x = Buffer.from(point).toString('base64url');
  return {
    name: keyName(number),
    number,
    key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  };
}

function bytesOfFile(file: string): Buffer | undefined {
  const read = readRegular(file, 1);
  if ('fault' in read) throw refused(`the public key ${file} ${read.fault}`);
  const lines = linesOf(read.bytes.toString('utf8'));
  // With its comment before it, or the line alone.
  return lines.length > 2 ? undefined : decoded(lines.at(-1), KEY_AT + KEY_BYTES);
}

function refused(message: string): ReportedError {
  return new ReportedError({
    code: 'public-key',
    severity: 'error',
    message,
    hint: 'It is the file minisign.pub that `minisign -G` wrote, or its second line: 56 characters that begin with RW.',
  });
}
