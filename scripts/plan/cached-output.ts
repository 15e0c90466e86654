import { existsSync } from 'node:fs';
import { StageCache } from './cache.ts';
import { stageKey } from './key.ts';
import type { CachedStage } from './plan.ts';

/** The output that the cache has of a stage that needs none before it; undefined where there is none. */
export function cachedOutput(stage: CachedStage, cacheDirectory: string): string | undefined {
  const key = stageKey(stage, new Map(), new Map([['cache', cacheDirectory]]));
  const directory = new StageCache(cacheDirectory).directoryOf(stage, key);
  return existsSync(directory) ? directory : undefined;
}
