import { existsSync } from 'node:fs';
import type { StageCache } from './cache.ts';
import { stageKey } from './key.ts';
import { fillIn, type Plan, type Stage } from './plan.ts';

/**
 * The stages that a run would have to make, as far as can be known before: the first one whose output is not cached, and
 * all after it (their keys may depend on it).
 */
export function missingStages(plan: Plan, cache: StageCache, offline: boolean): readonly Stage[] {
  const keys = new Map<string, string>();
  const directories = new Map([['cache', cache.root]]);
  const fill = (text: string) => fillIn(text, directories);
  for (const [index, stage] of plan.stages.entries()) {
    if (!stage.key.files.every((file) => existsSync(fill(file)))) return plan.stages.slice(index);
    const key = stageKey(stage, keys, directories);
    const found = cache.find(stage, key, fill, { offline, refresh: false });
    if (found === undefined) return plan.stages.slice(index);
    keys.set(stage.id, key);
    directories.set(stage.id, found);
  }
  return [];
}
