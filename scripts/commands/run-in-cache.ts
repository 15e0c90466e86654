import { CacheUse, type ExecutionState, type Plan, runPlan, StageCache } from '../plan/index.ts';
import { executionOf } from './build-execution.ts';
import type { Context } from './context.ts';

/** Runs a plan whose outputs stay in the cache; `name` is under what the cache remembers that they are in use. */
export async function runInCache(
  plan: Plan,
  name: string,
  logDirectory: string,
  options: { readonly offline?: boolean },
  context: Context,
): Promise<ExecutionState> {
  const cache = new StageCache(context.places.cache);
  const use = new CacheUse(cache.root);
  use.begin();
  try {
    const execution = executionOf(cache, logDirectory, options, context);
    const state = await runPlan(plan, execution);
    use.remember(name, [...state.directories.values()]);
    return state;
  } finally {
    use.end();
  }
}
