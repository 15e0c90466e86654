import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory, writeWhole } from '../files/index.ts';
import { INDEX } from './index-file.ts';
import type { FreshSet } from './write-set.ts';

/** Whether a set is committed in a folder. */
export function holdsSet(folder: string): boolean {
  return statSync(path.join(folder, INDEX), { throwIfNoEntry: false })?.isFile() === true;
}

/** Every file below a folder by its name there; none where there is no folder. */
export function readFolder(folder: string): ReadonlyMap<string, string> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return new Map();
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = found.map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

/** Makes a folder hold this set and nothing else. The folder is one that held a set before, or is new. */
export function writeFolder(folder: string, { files }: Pick<FreshSet, 'files'>): void {
  for (const stale of [...readFolder(folder).keys()].filter((file) => !files.has(file)))
    rmSync(path.join(folder, stale));
  for (const [file, text] of files) {
    makeDirectory(path.dirname(path.join(folder, file)));
    writeWhole(path.join(folder, file), text);
  }
}
