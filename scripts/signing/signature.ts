import { createHash, sign, verify } from 'node:crypto';
import { decoded, KEY_NUMBER_BYTES, keyName, LEGACY, linesOf, PREHASHED } from './encoding.ts';
import type { PublicKey } from './public-key.ts';
import type { SigningKey } from './secret-key.ts';

/** Behind the name of what is signed. */
export const SIGNATURE_ENDING = '.minisig';

const UNTRUSTED = 'untrusted comment: ';
const TRUSTED = 'trusted comment: ';
const NUMBER_AT = 2;
const SIGNATURE_AT = NUMBER_AT + KEY_NUMBER_BYTES;
const SIGNATURE_BYTES = 64;

/** A signature of minisign over the hash of `content`. `comment`: one line, which it covers. */
export function signText(content: string | Uint8Array, comment: string, { key, publicKey }: SigningKey): string {
  const signature = sign(null, hashOf(content), key);
  const covered = Buffer.concat([signature, Buffer.from(comment)]);
  return [
    `${UNTRUSTED}signature by phyllome, verify with minisign key ${publicKey.name}`,
    Buffer.concat([Buffer.from(PREHASHED), publicKey.number, signature]).toString('base64'),
    `${TRUSTED}${comment}`,
    sign(null, covered, key).toString('base64'),
    '',
  ].join('\n');
}

/** Good, with the comment that it covers; or in words why not, as the end of a sentence about the signature. */
export type SignatureJudgement = { readonly comment: string } | { readonly fault: string };

/** Judges the text of a `.minisig` file. Nothing of it is to be believed before. */
export function verifySignature(content: string | Uint8Array, text: string, key: PublicKey): SignatureJudgement {
  const [untrusted, first, second, third, ...more] = linesOf(text);
  const whole = decoded(first, SIGNATURE_AT + SIGNATURE_BYTES);
  const over = decoded(third, SIGNATURE_BYTES);
  const isShaped = untrusted?.startsWith(UNTRUSTED) === true && second?.startsWith(TRUSTED) === true;
  if (!isShaped || whole === undefined || over === undefined || more.length > 0) {
    return { fault: 'is none of minisign, or not whole' };
  }
  const algorithm = whole.toString('latin1', 0, NUMBER_AT);
  if (algorithm === LEGACY) return { fault: "is of minisign's older kind, which is not taken: sign anew, without -l" };
  if (algorithm !== PREHASHED) return { fault: 'is of a kind that is not known' };
  const number = whole.subarray(NUMBER_AT, SIGNATURE_AT);
  if (!number.equals(key.number)) return { fault: `is by another key, ${keyName(number)}, and not by ${key.name}` };
  const signature = whole.subarray(SIGNATURE_AT);
  if (!verify(null, hashOf(content), key.key, signature)) return { fault: 'does not fit: one of the two was changed' };
  const comment = second.slice(TRUSTED.length);
  const covered = Buffer.concat([signature, Buffer.from(comment)]);
  return verify(null, covered, key.key, over) ? { comment } : { fault: 'had its trusted comment changed' };
}

const hashOf = (content: string | Uint8Array) => createHash('blake2b512').update(content).digest();
