import { createHash } from 'node:crypto';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u16 = (value: number): Buffer => u32(value).subarray(0, 2);
const sized = (data: Buffer): Buffer => Buffer.concat([u32(data.length), data]);
export const sha256 = (...parts: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** The first event, in the old format: register, type, SHA-1 digest, what it says. */
export const header = Buffer.concat([u32(0), u32(3), Buffer.alloc(20), sized(Buffer.from('Spec ID Event03\0'))]);
/** An event with two digests, as firmware writes it. */
export const event = (register: number, type: number, digest: Buffer): Buffer =>
  Buffer.concat([
    u32(register),
    u32(type),
    u32(2),
    u16(0x0004),
    Buffer.alloc(20, 1),
    u16(0x000b),
    digest,
    sized(Buffer.from('what was measured')),
  ]);
