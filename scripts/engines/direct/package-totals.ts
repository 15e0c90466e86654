import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PackageTotals } from '../../plan/index.ts';

/** Number and size of the packages in the lock file, once it is there: lines `FILE BYTES HASH`. */
export function packageTotals(directories: ReadonlyMap<string, string>): PackageTotals | undefined {
  const resolved = directories.get('resolve');
  if (resolved === undefined || !directories.has('root-tree')) return undefined;
  const lines = readFileSync(path.join(resolved, 'lock'), 'utf8').trim().split('\n');
  return { count: lines.length, bytes: lines.reduce((sum, line) => sum + Number(line.split(' ')[1] ?? 0), 0) };
}
