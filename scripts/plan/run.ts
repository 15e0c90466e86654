import type { ListrTask } from 'listr2';
import { isLive, taskList } from '../progress/index.ts';
import { type Execution, type ExecutionState, executeStage, newState } from './execute.ts';
import type { Plan, Stage } from './plan.ts';

/**
 * Runs the stages in order with live progress: a task list on a terminal, plain lines elsewhere.
 * @throws the first stage's error
 */
export async function runPlan(plan: Plan, execution: Execution): Promise<ExecutionState> {
  const state = newState();
  const tasks = plan.stages.map((stage) => taskOf(stage, state, execution, isLive() ? 0 : plainLineInterval));
  await taskList(tasks).run();
  return state;
}

/** Milliseconds between two lines of progress within a step where every line stays on record. */
const plainLineInterval = 10_000;

function taskOf(stage: Stage, state: ExecutionState, execution: Execution, interval: number): ListrTask {
  return {
    title: stage.title,
    task: async (_context, task) => {
      let last = Date.now();
      const outcome = await executeStage(stage, state, execution, (text) => {
        if (Date.now() - last < interval) return;
        last = Date.now();
        task.output = text;
      });
      task.title = `${stage.title} ${outcome.reused ? '(cached)' : `(${(outcome.milliseconds / 1000).toFixed(1)} s)`}`;
    },
  };
}
