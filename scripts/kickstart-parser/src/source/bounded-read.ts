import { closeSync, openSync, readSync } from 'node:fs';

/** No kickstart comes near: what is larger is a device, a program that never ends, or a mistake. */
const MOST_MEBIBYTES = 64;

/** A file had more bytes than anybody means to have read. */
export class TooLarge extends Error {
  readonly code = 'EFBIG';

  constructor(from: string | number) {
    const name = typeof from === 'string' ? from : 'standard input';
    super(`${name}: more than ${MOST_MEBIBYTES} MiB, which is more than is read`);
  }
}

/**
 * The bytes of a file, or of a descriptor that is open already (0 is standard input). Pipes are read to their end.
 * @throws TooLarge after 64 MiB, whatever `stat` says: a device has no size
 * @throws what the file system throws when it cannot be read
 */
export function readBounded(from: string | number): Uint8Array {
  const descriptor = typeof from === 'number' ? from : openSync(from, 'r');
  try {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const part = new Uint8Array(size < 2 ** 16 ? 2 ** 16 : 2 ** 20);
      const count = readSome(descriptor, part);
      if (count === 0) return Buffer.concat(parts, size);
      size += count;
      if (size > MOST_MEBIBYTES * 2 ** 20) throw new TooLarge(from);
      parts.push(part.subarray(0, count));
    }
  } catch (error) {
    // What fails is a descriptor, which has no name.
    throw typeof from === 'string' && error instanceof Error ? Object.assign(error, { path: from }) : error;
  } finally {
    if (typeof from === 'string') closeSync(descriptor);
  }
}

/** Waits where a pipe that others have switched to non-blocking has nothing yet. */
function readSome(descriptor: number, part: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, part);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
