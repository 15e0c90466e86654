import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** As much is copied at a time. */
const pieceBytes = 4 * 2 ** 20;

/**
 * Copies a file; blocks are shared where the file system can, else they are copied piece by piece. A copy that was not finished is
 * removed. It is for the same readers.
 * @throws what `signal` was aborted with, between two pieces
 */
export async function copyWhole(from: string, to: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
    return;
  } catch {
    // Whatever it was, a copy that meets it too tells it.
  }
  try {
    // From the first byte on nobody may read it who may not read what it is of.
    const mode = ((await stat(from)).mode & 0o777) | 0o200;
    const source = createReadStream(from, { highWaterMark: pieceBytes });
    await pipeline(source, createWriteStream(to, { mode }), { ...(signal && { signal }) });
  } catch (error) {
    await rm(to, { force: true });
    signal?.throwIfAborted();
    throw error;
  }
}
