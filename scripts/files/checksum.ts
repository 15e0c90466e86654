import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** As much is read at a time. */
const pieceBytes = 4 * 2 ** 20;

/**
 * SHA-256 of a file in hexadecimal digits, read piece by piece.
 * @throws what `signal` was aborted with, between two pieces
 */
export async function sha256Of(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
    signal?.throwIfAborted();
    hash.update(piece as Buffer);
  }
  signal?.throwIfAborted();
  return hash.digest('hex');
}
