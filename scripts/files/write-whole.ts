import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file so that no reader ever sees half of it. `secret`: for its owner only. */
export function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: { readonly secret?: boolean } = {},
): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode: options.secret === true ? 0o600 : 0o666 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    // What a full disk refuses is a descriptor, which has no name.
    throw error instanceof Error ? Object.assign(error, { path: file }) : error;
  }
}
