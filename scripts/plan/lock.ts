import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '../diagnostic/index.ts';
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
  mkdirSync(path.dirname(file), { recursive: true });
  // The content is in place before the name exists (link is atomic): nobody reads a half-written holder.
  const claim = `${file}.${process.pid}`;
  writeFileSync(claim, `${markOf() ?? ''}\n`);
  try {
    while (!tryLink(claim, file)) {
      if (options.signal?.aborted) throw new Interrupted();
      const holder = readHolder(file);
      if (holder === undefined) continue;
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

/** The mark in a lock file; absent when it was released between two looks. */
function readHolder(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
