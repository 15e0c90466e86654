import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '../diagnostic/index.ts';

/**
 * Runs `work` while no other process holds the lock `file`; waits for as long as a living one does.
 * A lock left by a killed process is taken over.
 */
export async function withLock<T>(
  file: string,
  options: { signal?: AbortSignal; onWait?: (pid: number) => void },
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  // The content is in place before the name exists (link is atomic): nobody reads a half-written process number.
  const claim = `${file}.${process.pid}`;
  writeFileSync(claim, `${process.pid}\n`);
  try {
    while (!tryLink(claim, file)) {
      if (options.signal?.aborted) throw new Interrupted();
      const holder = readHolder(file);
      if (holder === undefined) continue;
      if (holder === process.pid || !existsSync(`/proc/${holder}`)) {
        rmSync(file, { force: true });
        continue;
      }
      options.onWait?.(holder);
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

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // Released between our two looks.
  }
}
