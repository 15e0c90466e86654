import { expect, test } from 'vitest';
import { replayEventLog } from '../../scripts/scenarios/tpm-event-log.ts';
import { event, header, sha256 } from './event-log.ts';

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
