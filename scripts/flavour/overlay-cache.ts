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

  /** Whether somebody took a file from others by hand: its directory is open to them, so it is not the umask. */
  isPrivate(absolute: string): boolean {
    return (statSync(absolute).mode & 0o077) === 0 && (statSync(path.dirname(absolute)).mode & 0o055) !== 0;
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
  /** Whose names hold control characters, or are no UTF-8. */
  readonly unprintable: readonly string[];
  /** Too much for a kickstart to carry. */
  readonly tooLarge: readonly string[];
}

/** In a kickstart a file that is no text takes a third more. */
export const MOST_FILE_MEBIBYTES = 64;

/** Everything but folders. Node's own recursion goes through links to folders, which lead anywhere. */
function below(folder: string, relative: string): string[] {
  return readdirSync(path.join(folder, relative), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(relative, entry.name);
    return entry.isDirectory() ? below(folder, name) : [name];
  });
}

function readFolder(folder: string): FilesBelow {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return { files: [], others: [], unprintable: [], tooLarge: [] };
  const entries = below(folder, '')
    .sort()
    // Under a name that is no UTF-8 it is not found again.
    .map((relative) => ({ relative, info: lstatSync(path.join(folder, relative), { throwIfNoEntry: false }) }));
  const relatives = (of: typeof entries) => of.map(({ relative }) => relative);
  return {
    files: relatives(entries.filter(({ info }) => info?.isFile() === true && !isTooLarge(info))),
    others: relatives(entries.filter(({ info }) => info?.isFile() === false)),
    unprintable: relatives(
      entries.filter(({ relative, info }) => info === undefined || /[\p{Cc}\u2028\u2029]/u.test(relative)),
    ),
    tooLarge: relatives(entries.filter(({ info }) => info?.isFile() === true && isTooLarge(info))),
  };
}

export const isTooLarge = ({ size }: { readonly size: number }): boolean => size > MOST_FILE_MEBIBYTES * 2 ** 20;
