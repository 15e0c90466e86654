/** minisign's names of what is signed how: the text itself (its older way), or its BLAKE2b-512 hash. */
export const LEGACY = 'Ed';
export const PREHASHED = 'ED';

/** Bytes of the number that tells keys apart. */
export const KEY_NUMBER_BYTES = 8;

/** The bytes of a line of base64; undefined where it is anything else, or another number of bytes. */
export function decoded(line: string | undefined, bytes: number): Buffer | undefined {
  const found = Buffer.from(line ?? '', 'base64');
  return found.length === bytes && found.toString('base64') === line ? found : undefined;
}

/** Lines without their ends; a line end behind the last begins no further one. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** The number of a key as minisign prints it. */
export function keyName(number: Uint8Array): string {
  return Buffer.from(number).reverse().toString('hex').toUpperCase();
}

/** Whether a line is that of a secret key, or the beginning of one: their first six bytes are the same, by way of minisign.c. */
export const isOfSecretKey = (line: string): boolean => /^RW(?:RTY0Iy|QAAEIy)/.test(line.trim());
