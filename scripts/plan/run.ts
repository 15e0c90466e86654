import path from 'node:path';
import type { ListrTask } from 'listr2';
import { taskList } from '../progress/index.ts';
import { executeStage } from './execute.ts';
import { type Execution, type ExecutionState, newState } from './execution.ts';
import { withLock } from './lock.ts';
import { plainLineInterval } from './plain-lines.ts';
import { type CachedStage, isCached, type Plan } from './plan.ts';
import { WorkRun } from './work-run.ts';

/**
 * Runs the stages in order with live progress: a task list on a terminal, plain lines elsewhere.
 * `state` is filled in as they go: whoever gives it knows what was made even when a later stage fails.
 * The directory of the run's work is left to the caller, who takes the result out of it.
 * @throws the first stage's error
 */
export async function runPlan(
  plan: Plan,
  execution: Execution,
  state: ExecutionState = newState(),
): Promise<ExecutionState> {
  const work = new WorkRun(plan, state, execution);
  const tasks = plan.stages.flatMap((stage) =>
    isCached(stage) ? [cachedTask(stage, state, execution)] : work.tasksOf(stage),
  );
  const run = async () => {
    try {
      await (execution.show ?? taskList)(tasks).run();
      return state;
    } finally {
      await work.end();
    }
  };
  if (plan.work?.lock === undefined) return run();
  const lock = path.join(execution.cache.locks, plan.work.lock);
  return withLock(lock, { ...(execution.signal && { signal: execution.signal }) }, run);
}

function cachedTask(stage: CachedStage, state: ExecutionState, execution: Execution): ListrTask {
  return {
    title: stage.title,
    task: async (_context, task) => {
      const onProgress = plainLineInterval((text) => {
        task.output = text;
      });
      const outcome = await executeStage(stage, state, execution, onProgress);
      task.title = `${stage.title} ${outcome.reused ? '(cached)' : `(${(outcome.milliseconds / 1000).toFixed(1)} s)`}`;
    },
  };
}
