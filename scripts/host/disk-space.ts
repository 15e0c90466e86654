import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../diagnostic/index.ts';

/**
 * Compares what work is expected to write with what is free.
 * @param neededBytes an upper estimate
 * @throws EnvironmentError when the disk below `directory` (which need not exist yet) is too small
 */
export function checkDiskSpace(directory: string, neededBytes: number): void {
  const free = freeBytes(directory);
  if (free >= neededBytes) return;
  throw new EnvironmentError({
    code: 'disk-too-small',
    severity: 'error',
    message: `${directory} has ${gigabytes(free)} GB free; this build is expected to need ${gigabytes(neededBytes)} GB`,
    hint: 'Free some space, or set PHYLLOME_CACHE and PHYLLOME_OUT to directories with more of it.',
  });
}

/** What a user may still write below `directory`, which need not exist yet. */
export function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(nearestExisting(directory));
  return bavail * bsize;
}

function nearestExisting(directory: string): string {
  return existsSync(directory) || directory === path.dirname(directory)
    ? directory
    : nearestExisting(path.dirname(directory));
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
