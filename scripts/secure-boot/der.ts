/** One value of ASN.1 in DER (X.690): its tag, what is in it, and all of it. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

export const derTags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, context: 0xa0 } as const;

/**
 * The values that stand one behind another in these bytes.
 * @throws RangeError where the bytes are no DER
 */
export function derValues(bytes: Buffer): readonly DerValue[] {
  const found: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = derValue(bytes.subarray(at));
    found.push(value);
    at += value.whole.length;
  }
  return found;
}

/**
 * The first value of these bytes; what is behind it does not matter.
 * @throws RangeError where there is none
 */
export function derValue(bytes: Buffer): DerValue {
  const tag = bytes.readUInt8(0);
  const first = bytes.readUInt8(1);
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || more > 4) throw new RangeError('a value of ASN.1 has no length that DER allows');
  const length = more === 0 ? first : bytes.readUIntBE(2, more);
  const start = 2 + more;
  if (start + length > bytes.length) throw new RangeError('a value of ASN.1 is longer than what it is in');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) };
}
