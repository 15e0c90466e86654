import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rm } from 'node:fs/promises';
import { sha256Of } from './checksum.ts';

/** As much is copied at a time. */
const pieceBytes = 4 * 2 ** 20;

/** So much that holds nothing but zeros becomes a hole. */
const zeros = Buffer.alloc(2 ** 16);

/**
 * Copies a file; blocks are shared where the file system can, else they are copied piece by piece. What holds nothing but zeros is
 * a hole in the copy: most of a disk image is that, and whoever has the copy should not need the space. A copy that was not
 * finished is removed. It is for the same readers.
 * @throws what `signal` was aborted with, between two pieces
 */
export async function copyWhole(from: string, to: string, signal?: AbortSignal): Promise<void> {
  if (await shareBlocks(from, to, signal)) return;
  await copyPieces(from, to, signal, () => {});
}

/** The same, and answers with the SHA-256 of the copy in hexadecimal digits: large files are read once. */
export async function copyHashed(from: string, to: string, signal?: AbortSignal): Promise<string> {
  if (await shareBlocks(from, to, signal)) return sha256Of(to, signal);
  const hash = createHash('sha256');
  await copyPieces(from, to, signal, (piece) => void hash.update(piece));
  return hash.digest('hex');
}

async function shareBlocks(from: string, to: string, signal: AbortSignal | undefined): Promise<boolean> {
  signal?.throwIfAborted();
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    // Whatever it was, a copy that meets it too tells it.
    return false;
  }
}

type Take = (piece: Buffer) => void;

async function copyPieces(from: string, to: string, signal: AbortSignal | undefined, take: Take): Promise<void> {
  const source = await open(from);
  try {
    // From the first byte on nobody may read it who may not read what it is of.
    const target = await open(to, 'w', ((await source.stat()).mode & 0o777) | 0o200);
    try {
      await copyFilled(source, target, signal, take);
    } finally {
      await target.close();
    }
  } catch (error) {
    await rm(to, { force: true });
    signal?.throwIfAborted();
    throw error;
  } finally {
    await source.close();
  }
}

async function copyFilled(
  source: FileHandle,
  target: FileHandle,
  signal: AbortSignal | undefined,
  take: Take,
): Promise<void> {
  const buffer = Buffer.alloc(pieceBytes);
  let length = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, pieceBytes, length);
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    take(piece);
    for (const [start, end] of filledParts(piece)) await writeAll(target, piece.subarray(start, end), length + start);
    length += bytesRead;
  }
  await target.truncate(length);
}

/** Where a piece holds something. */
function filledParts(piece: Buffer): readonly (readonly [start: number, end: number])[] {
  const parts: [number, number][] = [];
  for (let start = 0; start < piece.length; start += zeros.length) {
    const end = Math.min(start + zeros.length, piece.length);
    if (piece.subarray(start, end).equals(zeros.subarray(0, end - start))) continue;
    const last = parts.at(-1);
    if (last?.[1] === start) last[1] = end;
    else parts.push([start, end]);
  }
  return parts;
}

async function writeAll(target: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await target.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
