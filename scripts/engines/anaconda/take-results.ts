import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { copyWhole, makeDirectory } from '../../files/index.ts';

/**
 * Moves all results into the build directory; each is whole as soon as its name is there.
 * @throws what `signal` was aborted with, where they have to be copied
 */
export async function takeResults(from: string, to: string, signal?: AbortSignal): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const name of readdirSync(from)) taken.push(await take(path.join(from, name), path.join(to, name), signal));
  return taken;
}

async function take(result: string, target: string, signal: AbortSignal | undefined): Promise<string> {
  const near = `${target}.${process.pid}.tmp`;
  try {
    await move(result, near, signal);
    rmSync(target, { recursive: true, force: true });
    renameSync(near, target);
    return target;
  } finally {
    rmSync(near, { recursive: true, force: true });
  }
}

async function move(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    renameSync(from, to);
  } catch (error) {
    // Cache and build directory on two file systems.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyTree(from, to, signal);
  }
}

async function copyTree(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  if (!statSync(from).isDirectory()) return copyWhole(from, to, signal);
  makeDirectory(to);
  for (const name of readdirSync(from)) await copyTree(path.join(from, name), path.join(to, name), signal);
}
