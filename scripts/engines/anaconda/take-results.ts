import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Moves all results into the build directory; each is whole as soon as its name is there. */
export function takeResults(from: string, to: string): string[] {
  return readdirSync(from).map((name) => {
    const target = path.join(to, name);
    const near = `${target}.${process.pid}.tmp`;
    try {
      renameSync(path.join(from, name), near);
    } catch (error) {
      // Cache and build directory on two file systems.
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      cpSync(path.join(from, name), near, { recursive: true });
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(near, target);
    return target;
  });
}
