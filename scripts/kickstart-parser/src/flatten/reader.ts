import { dirname, resolve } from 'node:path';
import { readBounded } from '../source/bounded-read.ts';
import { decode } from '../source/bytes.ts';
import { SourceText } from '../source/source-text.ts';

/** Gives the bytes of a file, or undefined when it cannot be read. */
export type ReadFile = (path: string) => Uint8Array | undefined;

/** Reads from the file system. */
export const readFromDisk: ReadFile = (path) => {
  try {
    return readBounded(path);
  } catch {
    return undefined;
  }
};

/** Finds included files where the installer looks for them, and keeps what it has read. */
export class IncludeReader {
  readonly #read: ReadFile;
  readonly #workingDirectory: string;
  readonly #nameOf: (fullPath: string) => string;
  readonly #sources = new Map<string, SourceText | undefined>();

  /** `nameOf`: how a file is named in findings. */
  constructor(read: ReadFile, workingDirectory: string, nameOf: (fullPath: string) => string) {
    this.#read = read;
    this.#workingDirectory = workingDirectory;
    this.#nameOf = nameOf;
  }

  /** The places an included path can mean: from the working directory, then beside the including file. */
  candidates(path: string, includer: string): string[] {
    const beside = resolve(this.#workingDirectory, dirname(includer), path);
    return [...new Set([resolve(this.#workingDirectory, path), beside])];
  }

  /** The first candidate that can be read, under its full path. */
  find(path: string, includer: string): { readonly fullPath: string; readonly source: SourceText } | undefined {
    for (const fullPath of this.candidates(path, includer)) {
      const source = this.#source(fullPath);
      if (source !== undefined) return { fullPath, source };
    }
    return undefined;
  }

  #source(fullPath: string): SourceText | undefined {
    if (!this.#sources.has(fullPath)) {
      const bytes = this.#read(fullPath);
      this.#sources.set(
        fullPath,
        bytes === undefined ? undefined : new SourceText(decode(bytes), this.#nameOf(fullPath)),
      );
    }
    return this.#sources.get(fullPath);
  }
}
