import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file so that no reader ever sees half of it. `secret`: for its owner only.
 * @throws what the file system says, about `file`; of a device, pipe or directory in its place, which would be lost, as EEXIST
 */
export function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: { readonly secret?: boolean } = {},
): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) {
    const error = new Error(`EEXIST: no file, create '${file}'`);
    throw Object.assign(error, { code: 'EEXIST', syscall: 'create', path: file });
  }
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode: options.secret === true ? 0o600 : 0o666 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error instanceof Error ? Object.assign(error, placeOf(error, file)) : error;
  }
}

/** Where it went wrong: what a full disk refuses is a descriptor, which has no name. */
function placeOf({ code }: NodeJS.ErrnoException, file: string): Pick<NodeJS.ErrnoException, 'path' | 'syscall'> {
  // Below /proc nobody makes files, which it tells as one that is missing.
  const isNoPlaceForFiles = code === 'ENOENT' && existsSync(path.dirname(file));
  return { path: file, ...(isNoPlaceForFiles && { syscall: 'create' }) };
}
