import { existsSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, Interrupted } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';
import { isAlive, markOf, pidOf } from '../process/index.ts';

/**
 * Runs `work` while nobody else holds the lock `file`; waits for as long as a living process does.
 * A lock left by a killed process is taken over.
 */
export async function withLock<T>(
  file: string,
  options: { signal?: AbortSignal; onWait?: (pid: number) => void },
  work: () => Promise<T>,
): Promise<T> {
  makeDirectory(path.dirname(file));
  // The content is in place before the name exists (link is atomic): nobody reads a half-written holder.
  const claim = `${file}.${process.pid}`;
  writeFileSync(claim, `${markOf() ?? ''}\n`);
  let looks = 0;
  try {
    while (!tryLink(claim, file)) {
      if (options.signal?.aborted) throw new Interrupted();
      const holder = readHolder(file);
      if (holder === undefined) {
        // Released between two looks; or something that is no lock, and never goes.
        if (looks++ > MOST_LOOKS) throw noLock(file);
        await sleep(20);
        continue;
      }
      if (isAlive(holder)) options.onWait?.(pidOf(holder));
      else if (takeAway(file, claim)) continue;
      await sleep(250);
    }
  } finally {
    rmSync(claim, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Removes the locks in `directory` that killed processes left, and that nobody may ever ask for again. */
export function removeAbandonedLocks(directory: string): void {
  if (!existsSync(directory)) return;
  const abandoned = readdirSync(directory)
    .map((name) => path.join(directory, name))
    .filter((file) => {
      const holder = readHolder(file);
      return holder !== undefined && !isAlive(holder);
    });
  const claim = path.join(directory, `.sweep.${process.pid}`);
  writeFileSync(claim, `${markOf() ?? ''}\n`);
  try {
    for (const file of abandoned) takeAway(file, claim);
  } finally {
    rmSync(claim, { force: true });
  }
}

/**
 * Removes a dead holder's lock; false while another process is at it. Only one at a time, and it looks again: a second one
 * would take away the lock that the first has just made.
 */
function takeAway(file: string, claim: string): boolean {
  const turn = `${file}.turn`;
  if (!tryLink(claim, turn)) {
    const other = readHolder(turn);
    if (other !== undefined && !isAlive(other)) rmSync(turn, { force: true });
    return false;
  }
  try {
    const holder = readHolder(file);
    if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true });
    return true;
  } finally {
    rmSync(turn, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** How often a lock may be there and not be readable: two seconds. */
const MOST_LOOKS = 100;

function noLock(file: string): EnvironmentError {
  return new EnvironmentError({
    code: 'unreadable-lock',
    severity: 'error',
    message: `${file} is in the place of a lock, and is none that can be read`,
    hint: 'Remove it, and build again.',
  });
}

/** The mark in a lock file; absent when it was released between two looks. */
function readHolder(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
