import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Whether a program can be started by its name. */
export function isOnPath(program: string): boolean {
  // sbin is often left out of a user's PATH although its programs are meant to be found.
  return [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'].some((directory) =>
    isExecutable(path.join(directory, program)),
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
