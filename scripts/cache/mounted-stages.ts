import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Names of stages that a running program has mounted: a machine runs QEMU out of the tools tree, and builds put root trees over one
 * another (proc(5), mountinfo). Processes that we may not look at belong to somebody who has a cache of their own.
 * @param stages the directory of the stages
 * @param proc for tests
 */
export function mountedStages(stages: string, proc = '/proc'): ReadonlySet<string> {
  const known = readdirOrNone(stages);
  const tables = readdirOrNone(proc)
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => textOrNone(path.join(proc, pid, 'mountinfo')));
  // A mount is told by its path within its file system, which may be a part of ours only.
  const named = (table: string, stage: string) => table.includes(`/${path.basename(stages)}/${stage}`);
  const different = [...new Set(tables)];
  return new Set(known.filter((stage) => different.some((table) => named(table, stage))));
}

function readdirOrNone(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Empty for a process that has ended, or that is somebody else's. */
function textOrNone(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
