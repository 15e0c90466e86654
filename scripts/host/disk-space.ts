import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../diagnostic/index.ts';

/**
 * Compares what work is expected to write with what is free.
 * @param neededBytes an upper estimate
 * @throws EnvironmentError when the disk below `directory` (which need not exist yet) is too small
 */
export function checkDiskSpace(directory: string, neededBytes: number): void {
  const { bavail, bsize } = statfsSync(nearestExisting(directory));
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  throw new EnvironmentError({
    code: 'disk-too-small',
    severity: 'error',
    message: `${directory} has ${gigabytes(free)} GB free; this build is expected to need ${gigabytes(neededBytes)} GB`,
    hint: 'Free some space, or set PHYLLOME_CACHE and PHYLLOME_OUT to directories with more of it.',
  });
}

function nearestExisting(directory: string): string {
  return existsSync(directory) || directory === path.dirname(directory)
    ? directory
    : nearestExisting(path.dirname(directory));
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
