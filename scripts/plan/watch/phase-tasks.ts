import type { ListrTask } from 'listr2';
import { isLive } from '../../progress/index.ts';
import type { BuildTimes } from './learned-times.ts';
import type { Phase, PhaseBoard } from './phase-board.ts';

/** One task for each phase of one program; the first of them starts it, and the one in which it fails tells of it. */
export function phaseTasks(options: {
  readonly title: string;
  readonly board: PhaseBoard;
  readonly work: () => Promise<void>;
}): ListrTask[] {
  const { board } = options;
  let work: Promise<void> | undefined;
  const first: ListrTask = {
    title: options.title,
    task: () => {
      work = options.work().finally(() => board.finish());
      // Whoever waits for a phase hears of it.
      work.catch(() => {});
    },
  };
  return [first, ...board.phases.map((phase) => phaseTask(phase, board, () => work))];
}

/** ", which took 24 min before", where that is known. */
export function tookBefore(learned: BuildTimes | undefined): string {
  if (learned === undefined) return '';
  const sum = Object.values(learned.milliseconds).reduce((one, other) => one + other, 0);
  const took = sum < 90_000 ? `${Math.max(1, Math.round(sum / 1000))} s` : `${Math.round(sum / 60_000)} min`;
  return `, which took ${took} before`;
}

function phaseTask(phase: Phase, board: PhaseBoard, work: () => Promise<void> | undefined): ListrTask {
  return {
    title: phase.title,
    task: async (_context, task) => {
      let last = Date.now();
      board.onChange = () => {
        // Plain output keeps every line on record: not too many of them.
        if (!isLive() && Date.now() - last < 10_000) return;
        last = Date.now();
        if (board.current === phase) task.output = board.describe();
      };
      const seen = await board.ended(phase);
      // A failure is told by the phase in which it happened, and ends the list.
      if (board.current === undefined) await work();
      if (!seen) task.skip('not needed');
      else task.title = `${phase.title} (${(board.millisecondsOf(phase) / 1000).toFixed(1)} s)`;
    },
  };
}
