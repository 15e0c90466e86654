import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readJson, writeWhole } from '../files/index.ts';
import { isAlive, markOf } from '../process/index.ts';
import type { Step } from './plan.ts';

/** What a run leaves when it is killed with -9, and the commands that remove it. */
export interface Leftover {
  readonly directory: string;
  readonly steps: readonly Step[];
}

const recordName = 'clean.json';
const prefix = 'build-';

/** The directory of a run's own work; its name ends with the mark of the process that made it. */
export function workDirectoryFor(cacheDirectory: string, mark: string = markOf() ?? `${process.pid}`): string {
  return path.join(workRoot(cacheDirectory), `${prefix}${mark}`);
}

/** Where they lie. The name is that of the first engine that needed one: what its killed builds left is found there. */
export function workRoot(cacheDirectory: string): string {
  return path.join(cacheDirectory, 'livemedia');
}

/** Written before anything starts, so that whoever finds the directory knows how to clean up behind it. */
export function recordCleaning(workDirectory: string, steps: readonly Step[]): void {
  writeWhole(path.join(workDirectory, recordName), `${JSON.stringify(steps, null, 2)}\n`);
}

/** Work directories of runs that are over. */
export function findLeftovers(cacheDirectory: string): readonly Leftover[] {
  const root = workRoot(cacheDirectory);
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => name.startsWith(prefix) && !isAlive(name.slice(prefix.length)))
    .map((name) => {
      const directory = path.join(root, name);
      const record = path.join(directory, recordName);
      const steps = (readJson(record) ?? []) as readonly Step[];
      return { directory, steps };
    });
}
