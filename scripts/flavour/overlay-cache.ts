import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ResolvedFile } from './model.ts';

/** What was read of overlay folders, once for all flavours of a run. */
export class OverlayCache {
  readonly #contents = new Map<string, ResolvedFile['content']>();
  readonly #executables = new Map<string, boolean>();
  readonly #files = new Map<string, FilesBelow>();
  readonly #names = new Map<string, readonly string[]>();

  /** Text where the bytes are UTF-8 without NUL, else base64. */
  content(absolute: string): ResolvedFile['content'] {
    const known = this.#contents.get(absolute);
    if (known) return known;
    const bytes = readFileSync(absolute);
    const text = bytes.toString('utf8');
    const isText = Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0');
    const content = isText ? { text } : { base64: bytes.toString('base64') };
    this.#contents.set(absolute, content);
    return content;
  }

  isExecutable(absolute: string): boolean {
    const known = this.#executables.get(absolute) ?? (statSync(absolute).mode & 0o100) !== 0;
    this.#executables.set(absolute, known);
    return known;
  }

  /** What lies anywhere below a folder, sorted; nothing where there is no such folder. */
  files(folder: string): FilesBelow {
    const known = this.#files.get(folder) ?? readFolder(folder);
    this.#files.set(folder, known);
    return known;
  }

  /** The names right in a folder. */
  names(folder: string): readonly string[] {
    const known = this.#names.get(folder) ?? readdirSync(folder);
    this.#names.set(folder, known);
    return known;
  }
}

/** Paths relative to a folder. */
interface FilesBelow {
  readonly files: readonly string[];
  /** Neither files nor folders. */
  readonly others: readonly string[];
  /** Whose names hold control characters. */
  readonly unprintable: readonly string[];
}

function readFolder(folder: string): FilesBelow {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return { files: [], others: [], unprintable: [] };
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((relative) => ({ relative, info: lstatSync(path.join(folder, relative)) }))
    .filter(({ info }) => !info.isDirectory());
  const relatives = (of: typeof entries) => of.map(({ relative }) => relative);
  return {
    files: relatives(entries.filter(({ info }) => info.isFile())),
    others: relatives(entries.filter(({ info }) => !info.isFile())),
    unprintable: relatives(entries.filter(({ relative }) => /[\p{Cc}\u2028\u2029]/u.test(relative))),
  };
}
