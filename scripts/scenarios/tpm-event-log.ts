import { createHash } from 'node:crypto';

const sha256 = 0x000b;
const digestBytes: Readonly<Record<number, number>> = { 4: 20, [sha256]: 32, 12: 48, 13: 64, 18: 32 };
const noAction = 0x00000003;
const registerCount = 24;

/** What the registers must hold, by the event log that the firmware kept. */
export interface ReplayedLog {
  readonly events: number;
  /** Values of the SHA-256 bank in hexadecimal, by the register's number. */
  readonly registers: readonly string[];
}

/**
 * Replays a TPM event log in the crypto-agile format (TCG PC Client Platform Firmware Profile, section 10).
 * @throws RangeError when the log is cut off
 */
export function replayEventLog(log: Buffer): ReplayedLog {
  const registers = Array.from({ length: registerCount }, () => Buffer.alloc(32));
  let events = 0;
  // The first event is in the old format, with one SHA-1 digest; it names the digests of those that follow.
  let offset = 4 + 4 + 20;
  offset += 4 + log.readUInt32LE(offset);
  while (offset + 12 <= log.length) {
    const register = log.readUInt32LE(offset);
    const type = log.readUInt32LE(offset + 4);
    const digests = log.readUInt32LE(offset + 8);
    // What follows the last event is empty.
    if (digests === 0) break;
    offset += 12;
    for (let index = 0; index < digests; index++) {
      const algorithm = log.readUInt16LE(offset);
      const length = digestBytes[algorithm];
      if (length === undefined) throw new RangeError(`the event log has a digest of unknown kind ${algorithm}`);
      const digest = log.subarray(offset + 2, offset + 2 + length);
      offset += 2 + length;
      const before = registers[register];
      if (algorithm !== sha256 || type === noAction || before === undefined) continue;
      registers[register] = createHash('sha256').update(before).update(digest).digest();
    }
    offset += 4 + log.readUInt32LE(offset);
    events += 1;
  }
  return { events, registers: registers.map((value) => value.toString('hex')) };
}
