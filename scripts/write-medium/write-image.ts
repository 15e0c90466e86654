import { createHash } from 'node:crypto';
import { Interrupted, ReportedError } from '../diagnostic/index.ts';
import type { Medium } from './medium.ts';
import { writeTrouble } from './write-trouble.ts';

const mebibyte = 2 ** 20;
const chunkBytes = 4 * mebibyte;
/** After so many bytes the disk must have them all: progress is true, and Ctrl-C need not wait for what memory holds. */
const flushEvery = 32 * mebibyte;
/** Partition table, boot sector and the descriptors of an ISO lie in it; without them nothing starts. */
const headBytes = mebibyte;
/** As much of a disk's end may hold the second copy of an old partition table, or the mark of a RAID. */
const tailBytes = mebibyte;

/** Written where an image's beginning will stand: whoever looks at the stick sees what it is. */
const unfinished = 'Phyllome OS: this disk was not written to its end. Nothing starts from it. Write it again.\n';

/** What is written: bytes by their place. */
export interface Source {
  readonly bytes: number;
  /** What all of them must be. */
  readonly sha256: string;
  readonly read: (into: Buffer, position: number) => Promise<number>;
}

export interface Following {
  /** Told how many bytes more. */
  readonly onWritten: (bytes: number) => void;
  readonly onReadBack: (bytes: number) => void;
  /** Told when the first byte of the disk is about to change. */
  readonly onBegun: () => void;
  readonly signal: AbortSignal;
}

/**
 * Writes an image to a disk and reads it back. The first MiB comes last, when all else was found to be there: a disk that was
 * not written to its end, or does not hold what was written, starts nothing.
 * @throws ReportedError naming the place, Interrupted
 */
export async function writeImage(
  source: Source,
  medium: Medium,
  diskBytes: number,
  following: Following,
): Promise<void> {
  const { signal } = following;
  const hash = createHash('sha256');
  const head = await readSource(source, 0, Math.min(headBytes, source.bytes));
  hash.update(head);
  following.onBegun();
  const writing = writeTrouble(medium.path, 'writing', source.bytes);
  await eraseEdges(source, medium, diskBytes);
  const sums: Chunk[] = [];
  for (let position = head.length, flushed = position; position < source.bytes; ) {
    if (signal.aborted) throw new Interrupted();
    const chunk = await readSource(source, position, Math.min(chunkBytes, source.bytes - position));
    hash.update(chunk);
    sums.push({ position, length: chunk.length, sum: sumOf(chunk) });
    await writeWhole(medium, chunk, position, source.bytes);
    position += chunk.length;
    if (position - flushed >= flushEvery) {
      await medium.flush().catch(writing(position));
      flushed = position;
    }
    following.onWritten(chunk.length);
  }
  if (hash.digest('hex') !== source.sha256) throw changed();
  await medium.forget().catch(writing(source.bytes));
  await readBack(sums, source, medium, following);
  if (signal.aborted) throw new Interrupted();
  await writeWhole(medium, head, 0, source.bytes);
  await medium.forget().catch(writing(0));
  following.onWritten(head.length);
  await readBack([{ position: 0, length: head.length, sum: sumOf(head) }], source, medium, following);
}

interface Chunk {
  readonly position: number;
  readonly length: number;
  readonly sum: Buffer;
}

const sumOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** After this nothing of what was on the disk starts or is taken for a table any more. */
async function eraseEdges({ bytes }: Source, medium: Medium, diskBytes: number): Promise<void> {
  const head = Buffer.alloc(Math.min(headBytes, diskBytes));
  head.write(unfinished);
  await writeWhole(medium, head, 0, bytes);
  const from = Math.max(bytes, headBytes, diskBytes - tailBytes);
  if (from < diskBytes) await writeWhole(medium, Buffer.alloc(diskBytes - from), from, bytes);
  await medium.flush().catch(writeTrouble(medium.path, 'writing', bytes)(0));
}

async function readSource(source: Source, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const count = await source.read(buffer.subarray(done), position + done);
    if (count === 0) throw changed();
    done += count;
  }
  return buffer;
}

async function writeWhole(medium: Medium, bytes: Buffer, position: number, total: number): Promise<void> {
  const trouble = writeTrouble(medium.path, 'writing', total);
  for (let done = 0; done < bytes.length; ) {
    const count = await medium.write(bytes.subarray(done), position + done).catch(trouble(position + done));
    if (count === 0) return trouble(position + done)({ code: 'ENOSPC' });
    done += count;
  }
}

async function readBack(
  chunks: readonly Chunk[],
  { bytes }: Source,
  medium: Medium,
  { onReadBack, signal }: Following,
): Promise<void> {
  const trouble = writeTrouble(medium.path, 'reading back', bytes);
  const buffer = Buffer.alloc(chunkBytes);
  for (const { position, length, sum } of chunks) {
    if (signal.aborted) throw new Interrupted();
    for (let done = 0; done < length; ) {
      const count = await medium.read(buffer.subarray(done, length), position + done).catch(trouble(position + done));
      if (count === 0) return trouble(position + done)({ code: 'ENOSPC' });
      done += count;
    }
    if (!sumOf(buffer.subarray(0, length)).equals(sum)) throw notKept(medium.path, position, position + length);
    onReadBack(length);
  }
}

function notKept(path: string, from: number, to: number): ReportedError {
  return new ReportedError({
    code: 'not-kept',
    severity: 'error',
    message: `${path} does not hold what was written: other bytes came back between byte ${from} and ${to}`,
    hint: 'It is worn out, or smaller than it says. Take another one.',
  });
}

function changed(): ReportedError {
  return new ReportedError({
    code: 'image-changed',
    severity: 'error',
    message: 'the image was changed while it was written',
    hint: 'Write it again when nothing else writes to it.',
  });
}
