import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { LineSplitter } from '../../../process/index.ts';

/** Follows every log in a directory as it grows, those too that come later. */
export class LogTails {
  readonly #directory: string;
  readonly #onLine: (line: string) => void;
  readonly #files = new Map<string, { offset: number; readonly splitter: LineSplitter }>();

  constructor(directory: string, onLine: (line: string) => void) {
    this.#directory = directory;
    this.#onLine = onLine;
  }

  /** Reads what is new; answers how many bytes that was. */
  poll(): number {
    if (!existsSync(this.#directory)) return 0;
    return readdirSync(this.#directory)
      .filter((name) => name.endsWith('log') || name.startsWith('anaconda-tb-'))
      .reduce((sum, name) => sum + this.#read(path.join(this.#directory, name)), 0);
  }

  #read(file: string): number {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const state = this.#files.get(file) ?? { offset: 0, splitter: new LineSplitter(this.#onLine) };
    this.#files.set(file, state);
    if (size <= state.offset) return 0;
    const chunk = Buffer.alloc(Math.min(size - state.offset, 4 * 2 ** 20));
    const count = readAt(file, chunk, state.offset);
    state.offset += count;
    state.splitter.push(chunk.subarray(0, count));
    return count;
  }
}

/** Bytes read; none where the file is gone again, or for root alone as some are in a chroot of mock's. */
function readAt(file: string, chunk: Buffer, offset: number): number {
  try {
    const descriptor = openSync(file, 'r');
    try {
      return readSync(descriptor, chunk, 0, chunk.length, offset);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['EACCES', 'ENOENT'].includes(code)) return 0;
    throw error;
  }
}
