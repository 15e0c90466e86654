import { existsSync } from 'node:fs';
import type { StageCache } from './cache.ts';
import { stageKey } from './key.ts';
import { type CachedStage, fillIn, isCached, type Plan } from './plan.ts';

/**
 * The cached stages that a run would have to make, as far as can be known before: the first one whose output is not there,
 * and all after it (their keys may depend on it).
 */
export function missingStages(plan: Plan, cache: StageCache, offline: boolean): readonly CachedStage[] {
  const keys = new Map<string, string>();
  const directories = new Map([['cache', cache.root]]);
  const fill = (text: string) => fillIn(text, directories);
  const stages = plan.stages.filter(isCached);
  for (const [index, stage] of stages.entries()) {
    if (!stage.key.files.every((file) => existsSync(fill(file)))) return stages.slice(index);
    const key = stageKey(stage, keys, directories);
    const found = cache.find(stage, key, fill, { offline, refresh: false });
    if (found === undefined) return stages.slice(index);
    keys.set(stage.id, key);
    directories.set(stage.id, found);
  }
  return [];
}
