import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { replayEventLog } from '../../scripts/scenarios/tpm-event-log.ts';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u16 = (value: number): Buffer => u32(value).subarray(0, 2);
const sized = (data: Buffer): Buffer => Buffer.concat([u32(data.length), data]);
const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The first event, in the old format: register, type, SHA-1 digest, what it says. */
const header = Buffer.concat([u32(0), u32(3), Buffer.alloc(20), sized(Buffer.from('Spec ID Event03\0'))]);
const event = (register: number, type: number, digest: Buffer): Buffer =>
  Buffer.concat([
    ...[u32(register), u32(type), u32(2), u16(0x0004), Buffer.alloc(20, 1), u16(0x000b), digest],
    sized(Buffer.from('what was measured')),
  ]);

test('registers hold what the log says was measured, one after the other', () => {
  const [one, two, other] = [sha256(Buffer.from('1')), sha256(Buffer.from('2')), sha256(Buffer.from('3'))];
  const log = Buffer.concat([header, event(4, 13, one), event(7, 13, other), event(4, 13, two), event(4, 3, other)]);
  const { events, registers } = replayEventLog(log);
  expect(events).toBe(4);
  const zero = Buffer.alloc(32);
  expect(registers[4]).toBe(sha256(sha256(zero, one), two).toString('hex'));
  expect(registers[7]).toBe(sha256(zero, other).toString('hex'));
  expect(registers[0]).toBe(zero.toString('hex'));
});

test('what follows the last event is no event; a log that is cut off is an error', () => {
  const log = Buffer.concat([header, event(1, 13, Buffer.alloc(32, 7)), Buffer.alloc(40)]);
  expect(replayEventLog(log).events).toBe(1);
  expect(() => replayEventLog(log.subarray(0, header.length + 30))).toThrow(RangeError);
});
