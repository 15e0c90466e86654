import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a directory and those above it that are missing, one by one: Node.js' own `recursive` tells a read-only disk as a missing
 * file, and goes round forever below /proc.
 * @throws what the file system says, about the directory that it says it of
 */
export function makeDirectory(directory: string, mode = 0o777): void {
  const missing: string[] = [];
  for (let at = path.resolve(directory); !isThere(at); at = path.dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      mkdirSync(one, { mode });
    } catch (error) {
      // Somebody else was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${directory}'`), {
      code: 'ENOTDIR',
      syscall: 'mkdir',
      path: directory,
    });
  }
}

function isThere(at: string): boolean {
  return at === path.dirname(at) || statSync(at, { throwIfNoEntry: false }) !== undefined;
}
