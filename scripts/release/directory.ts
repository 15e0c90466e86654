import { createHash } from 'node:crypto';
import { constants, lstatSync, readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { type Found, type Measured, type Published, tooLarge, type Wanted } from './published.ts';

/** As much is read at a time. */
const PIECE_BYTES = 2 ** 20;

/**
 * A directory of this machine. No link in it is followed, neither a file nor a directory on the way: it could lead anywhere.
 */
export function publishedDirectory(directory: string, signal: AbortSignal): Published {
  return {
    where: directory,
    measure: (file, wanted) => measureFile(directory, file, wanted, signal),
    surplus: (known) => {
      const listed = new Set(known.map((file) => file.split('/', 1)[0]));
      return readdirSync(directory, { withFileTypes: true })
        .filter(({ name }) => !listed.has(name))
        .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
        .sort();
    },
  };
}

async function measureFile(
  directory: string,
  file: string,
  { keep = false, most }: Wanted,
  signal: AbortSignal,
): Promise<Found> {
  let handle: FileHandle | undefined;
  try {
    const link = linkOnTheWay(directory, file);
    if (link !== undefined) return { fault: link };
    handle = await open(path.join(directory, file), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = await handle.stat();
    if (!found.isFile()) return { fault: 'is no file' };
    if (most !== undefined && found.size > most) return tooLarge(most);
    return await readOnce(handle, keep, signal);
  } catch (error) {
    signal.throwIfAborted();
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { fault: 'is missing', isMissing: true };
    return { fault: code === 'EACCES' ? 'may not be read by this user' : `cannot be read: ${message}` };
  } finally {
    await handle?.close();
  }
}

function linkOnTheWay(directory: string, file: string): string | undefined {
  const parts = file.split('/');
  for (const index of parts.keys()) {
    const at = parts.slice(0, index + 1).join('/');
    if (lstatSync(path.join(directory, at)).isSymbolicLink()) {
      return at === file ? 'is a link, and not the file' : `lies behind a link, ${at}`;
    }
  }
  return undefined;
}

/** The next piece is on its way while one is hashed. */
async function readOnce(handle: FileHandle, isKept: boolean, signal: AbortSignal): Promise<Measured> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  const buffers = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)] as const;
  let bytes = 0;
  let coming = handle.read(buffers[0], 0, PIECE_BYTES, null);
  for (let turn = 1; ; turn++) {
    const { bytesRead, buffer } = await coming;
    signal.throwIfAborted();
    if (bytesRead === 0) break;
    coming = handle.read(buffers[turn % 2 === 0 ? 0 : 1], 0, PIECE_BYTES, null);
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    if (isKept) kept.push(Buffer.from(piece));
    bytes += bytesRead;
  }
  return { bytes, sha256: hash.digest('hex'), ...(isKept && { content: Buffer.concat(kept) }) };
}
