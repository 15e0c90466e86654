import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Size of the file `name` in livemedia-creator's work directory below `temporary`, 0 while there is none. Blocks on disk
 * count, not the length: the file may be sparse.
 */
export function sizeOfGrowing(temporary: string, name: string): number {
  if (!existsSync(temporary)) return 0;
  return readdirSync(temporary)
    .filter((entry) => entry.startsWith('lmc-work-'))
    .map((entry) => statSync(path.join(temporary, entry, name), { throwIfNoEntry: false })?.blocks ?? 0)
    .reduce((sum, blocks) => sum + blocks * 512, 0);
}
