import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { makeDirectory } from '../files/index.ts';
import { CacheUse, StageCache } from '../plan/index.ts';
import { markOf, removalOf } from '../process/index.ts';
import { type CacheEntry, listCache } from './entries.ts';
import { mountedStages } from './mounted-stages.ts';
import { placesOf } from './places.ts';
import { refuseWhileBuilding } from './refuse-while-building.ts';

/** What a pruning came to. */
export interface Pruned {
  readonly removed: readonly CacheEntry[];
  /** Stages that machines or programs have mounted now: they stay, whatever the limit is. */
  readonly mounted: readonly string[];
  /** What the cache takes now, in bytes. */
  readonly bytes: number;
}

/**
 * Makes the cache smaller than `maxBytes`: first goes what no build needs any more, then what was used longest ago. Each removal is one
 * renaming: what is in the cache is whole or not there.
 * @throws EnvironmentError while a build runs with this cache, as it may be about to use anything of it
 */
export async function pruneCache(
  maxBytes: number,
  context: Pick<Context, 'places' | 'runner' | 'signal'>,
): Promise<Pruned> {
  const { cache } = context.places;
  if (!existsSync(cache)) return { removed: [], mounted: [], bytes: 0 };
  const use = new CacheUse(cache);
  use.begin();
  try {
    refuseWhileBuilding(use, cache);
    await removeAll(new StageCache(cache).abandoned(), context);
    const { entries, otherBytes } = await listCache(context);
    const mounted = mountedStages(placesOf(cache).stages);
    let bytes = entries.reduce((sum, entry) => sum + entry.bytes, otherBytes);
    const removed: CacheEntry[] = [];
    const moved: string[] = [];
    for (const entry of [...entries].sort(leastNeededFirst)) {
      if (bytes <= maxBytes) break;
      if (entry.kind === 'stage' && mounted.has(entry.name)) continue;
      // A build may have begun since.
      if (use.otherBuild() !== undefined) break;
      moved.push(takeAway(entry, cache));
      removed.push(entry);
      bytes -= entry.bytes;
    }
    await removeAll(moved, context);
    return { removed, mounted: [...mounted].sort(), bytes };
  } finally {
    use.end();
  }
}

/** Out of the way at once; under a name that the next build removes if we are killed before we do. */
function takeAway({ name, file }: CacheEntry, cache: string): string {
  const { temporary } = placesOf(cache);
  makeDirectory(temporary, 0o700);
  const to = path.join(temporary, `pruned.${markOf()}.${name}`);
  renameSync(file, to);
  return to;
}

/** As many at a time as a command line holds easily: a cache has some thousand packages. */
const AT_ONCE = 500;

async function removeAll(
  files: readonly string[],
  { runner, signal }: Pick<Context, 'runner' | 'signal'>,
): Promise<void> {
  for (let at = 0; at < files.length; at += AT_ONCE) {
    await runner.run({ argv: removalOf(files.slice(at, at + AT_ONCE)) }, { signal });
  }
}

/**
 * Packages go before the stages that were made of them: they are needed again only where the list of packages changes. The tools tree goes
 * last, as everything is made with it.
 */
function leastNeededFirst(a: CacheEntry, b: CacheEntry): number {
  return (
    Number(a.usedBy.length > 0) - Number(b.usedBy.length > 0) ||
    a.usedAt.getTime() - b.usedAt.getTime() ||
    worth(a) - worth(b) ||
    b.bytes - a.bytes
  );
}

const worth = ({ kind, name }: CacheEntry): number =>
  kind === 'index' ? 0 : kind === 'package' ? 1 : name.startsWith('tools-') ? 3 : 2;
