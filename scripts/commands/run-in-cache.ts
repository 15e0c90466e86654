import { mkdirSync } from 'node:fs';
import { checkDiskSpace, checkNamespaces, checkPrograms } from '../host/index.ts';
import { CacheUse, type ExecutionState, missingStages, type Plan, runPlan, StageCache } from '../plan/index.ts';
import { privilegeOf } from '../process/index.ts';
import { executionOf } from './build-execution.ts';
import type { Context } from './context.ts';

interface CachedRunOptions {
  readonly offline?: boolean;
  /** Fetch package indexes although they are not old. */
  readonly refresh?: boolean;
}

/**
 * Runs a plan whose outputs stay in the cache, and removes from there what nobody uses any more. `name` is under what the
 * cache remembers that they are in use.
 * @throws EnvironmentError before anything is made, when this computer lacks what the missing stages need
 */
export async function runInCache(
  plan: Plan,
  name: string,
  logDirectory: string,
  options: CachedRunOptions,
  context: Context,
): Promise<ExecutionState> {
  const cache = new StageCache(context.places.cache);
  await checkHost(plan, cache, options, context);
  // There also when everything comes from the cache: then no stage has a log of its own here.
  mkdirSync(logDirectory, { recursive: true });
  const execution = executionOf(cache, logDirectory, options, context);
  const use = new CacheUse(cache.root);
  use.begin();
  try {
    await use.sweep(cache, execution);
    const state = await runPlan(plan, execution);
    use.remember(name, [...state.directories.values()]);
    await use.sweep(cache, execution);
    return state;
  } finally {
    use.end();
  }
}

async function checkHost(plan: Plan, cache: StageCache, options: CachedRunOptions, context: Context): Promise<void> {
  const missing = missingStages(plan, cache, options.offline === true);
  if (missing.length === 0 && options.refresh !== true) return;
  const privilege = privilegeOf();
  checkPrograms({ root: privilege === 'root', makesToolsTree: missing.some((stage) => stage.id === 'tools') });
  checkDiskSpace(
    context.places.cache,
    missing.reduce((sum, stage) => sum + stage.estimatedBytes, 0),
  );
  await checkNamespaces(context.runner, privilege);
}
