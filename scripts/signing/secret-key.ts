import { createPrivateKey, createPublicKey, type KeyObject, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { EnvironmentError } from '../diagnostic/index.ts';
import { decoded, KEY_NUMBER_BYTES, LEGACY, linesOf } from './encoding.ts';
import { type PublicKey, publicKeyOf } from './public-key.ts';

/** What signs. The key itself is nowhere but in `key`, which no log and no JSON shows. */
export interface SigningKey {
  readonly publicKey: PublicKey;
  readonly key: KeyObject;
}

/** A secret key of minisign as its file has it. */
export interface StoredKey {
  /** How the password becomes what the rest is masked with; absent where it is not encrypted. */
  readonly scrypt?: { readonly salt: Buffer; readonly options: ScryptOptions };
  /** Number, seed, public key and checksum, masked or not. */
  readonly content: Buffer;
}

/** Of minisign.c: algorithm, key derivation, checksum, salt, two limits, then the content. */
const AT = { derivation: 2, checksum: 4, salt: 6, operations: 38, memory: 46, content: 54 } as const;
const SEED_AT = KEY_NUMBER_BYTES;
const POINT_AT = SEED_AT + 32;
const CHECKSUM_AT = POINT_AT + 32;
const CONTENT_BYTES = CHECKSUM_AT + 32;
/** minisign itself asks for 1 GiB at most: a file that asks for more is none that it made. */
const MOST_MEMORY = 2 ** 30;

/** Undefined where the text is no secret key of minisign, or not all of one. */
export function parseSecretKey(text: string): StoredKey | undefined {
  const lines = linesOf(text);
  const bytes = lines.length === 2 ? decoded(lines[1], AT.content + CONTENT_BYTES) : undefined;
  if (bytes?.toString('latin1', 0, AT.derivation) !== LEGACY) return undefined;
  if (bytes.toString('latin1', AT.checksum, AT.salt) !== 'B2') return undefined;
  const content = bytes.subarray(AT.content);
  const derivation = bytes.toString('latin1', AT.derivation, AT.checksum);
  if (derivation === '\0\0') return { content };
  if (derivation !== 'Sc') return undefined;
  const options = scryptOptions(bytes.readBigUInt64LE(AT.operations), bytes.readBigUInt64LE(AT.memory));
  return options && { scrypt: { salt: bytes.subarray(AT.salt, AT.operations), options }, content };
}

/** As libsodium's crypto_pwhash_scryptsalsa208sha256 makes scrypt's parameters of its two limits. */
function scryptOptions(operationsLimit: bigint, memoryLimit: bigint): ScryptOptions | undefined {
  if (memoryLimit > MOST_MEMORY || operationsLimit > MOST_MEMORY) return undefined;
  const memory = Number(memoryLimit);
  const operations = Math.max(Number(operationsLimit), 32_768);
  const r = 8;
  const isShort = operations < memory / 32;
  const most = isShort ? operations / (r * 4) : memory / (r * 128);
  let N = 2;
  while (N <= most / 2) N *= 2;
  const p = isShort ? 1 : Math.floor(Math.floor(operations / 4 / N) / r);
  return p < 1 ? undefined : { N, r, p, maxmem: 128 * N * r + 128 * r * p + 2 ** 20 };
}

const scryptOf = promisify<Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt);

/**
 * `password` where it is encrypted. Undefined where that is a wrong one, or the key is damaged.
 * @throws EnvironmentError where there is less memory than its password takes
 */
export async function openKey(
  stored: StoredKey,
  password?: Buffer,
  derive: typeof scryptOf = scryptOf,
): Promise<SigningKey | undefined> {
  const content = Buffer.from(stored.content);
  try {
    if (stored.scrypt !== undefined) {
      const { salt, options } = stored.scrypt;
      const mask = await derive(password ?? Buffer.alloc(0), salt, CONTENT_BYTES, options).catch((error: unknown) => {
        throw isOutOfMemory(error) ? tooLittleMemory(options) : error;
      });
      for (const [index, byte] of mask.entries()) content[index] = (content[index] ?? 0) ^ byte;
      mask.fill(0);
    }
    const point = Buffer.from(content.subarray(POINT_AT, CHECKSUM_AT));
    const x = point.toString('base64url');
    const d = content.subarray(SEED_AT, POINT_AT).toString('base64url');
    const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
    // Tells a wrong password as surely as the checksum does, which is a BLAKE2b-256 that Node.js has not.
    if (createPublicKey(key).export({ format: 'jwk' }).x !== x) return undefined;
    return { publicKey: publicKeyOf(Buffer.from(content.subarray(0, KEY_NUMBER_BYTES)), point), key };
  } finally {
    content.fill(0);
  }
}

/** OpenSSL has no code for it. */
const isOutOfMemory = (error: unknown) => error instanceof Error && error.message.includes('malloc failure');

function tooLittleMemory({ maxmem = 0 }: ScryptOptions): EnvironmentError {
  const mebibytes = Math.ceil(maxmem / 2 ** 20);
  return new EnvironmentError({
    code: 'too-little-memory',
    severity: 'error',
    message: `the password of the signing key takes ${mebibytes} MiB of memory at once, and there is less`,
    hint: 'End what takes memory, or raise the limit (`ulimit -v`, of a container), or sign on another computer.',
  });
}
