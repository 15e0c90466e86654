import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ListrTask } from 'listr2';
import { makeDirectory } from '../files/index.ts';
import { CommandFailed, CommandNotFound } from '../process/index.ts';
import { type Execution, type ExecutionState, knownDirectories } from './execution.ts';
import { plainLineInterval } from './plain-lines.ts';
import { fillStep, isCached, type Plan, type Step, type WorkStage } from './plan.ts';
import { commandOf, runStep, type StepPlace } from './run-step.ts';
import { phaseTasks } from './watch/phase-tasks.ts';
import type { WatchedEnd } from './watch/watch.ts';
import { recordCleaning } from './work-directory.ts';

interface WorkingPlace extends StepPlace {
  readonly workDirectory: string;
}

/** The part of a plan that no cache keeps, while it runs. */
export class WorkRun {
  readonly #stages: readonly WorkStage[];
  readonly #plan: Plan;
  readonly #state: ExecutionState;
  readonly #execution: Execution;
  #isBegun = false;

  constructor(plan: Plan, state: ExecutionState, execution: Execution) {
    this.#stages = plan.stages.filter((stage): stage is WorkStage => !isCached(stage));
    this.#plan = plan;
    this.#state = state;
    this.#execution = execution;
  }

  /** A task for each step, and for each phase of one that is watched. Collecting and cleaning are done without a word. */
  tasksOf(stage: WorkStage): ListrTask[] {
    if (stage.runs !== 'in-order') return [];
    return stage.steps.flatMap((step) =>
      step.watched === true ? this.#watchedTasks(stage, step) : [this.#plainTask(stage, step)],
    );
  }

  /** Cleans up, when there is anything to clean up behind. */
  async end(): Promise<void> {
    if (!this.#isBegun) return;
    for (const stage of this.#stages.filter(({ runs }) => runs === 'always')) await this.#runQuietly(stage);
  }

  #plainTask(stage: WorkStage, step: Step): ListrTask {
    return {
      title: step.title,
      task: async (_context, task) => {
        const onProgress = plainLineInterval((text) => {
          task.output = text;
        });
        await this.#inTurn(stage, step, async (place) => {
          this.#state.warnings.push(...(await runStep(step, place, this.#execution, onProgress)));
          return {};
        });
      },
    };
  }

  #watchedTasks(stage: WorkStage, step: Step): ListrTask[] {
    const watch = this.#execution.watch?.(step);
    if (watch === undefined) throw new Error(`nobody watches the step ${step.id} of ${stage.id}`);
    const { runner, signal } = this.#execution;
    const work = async () => {
      const { failure } = await this.#inTurn(stage, step, ({ directories, logFile, workDirectory }) =>
        watch.run(commandOf(step, directories), { runner, logFile, workDirectory, ...(signal && { signal }) }),
      );
      if (failure !== undefined) throw failure();
    };
    return phaseTasks({ title: watch.title, board: watch.board, work });
  }

  /** Runs a step of a stage; when it was the stage's last or failed, also what is to be done even then. */
  async #inTurn(stage: WorkStage, step: Step, work: (place: WorkingPlace) => Promise<WatchedEnd>): Promise<WatchedEnd> {
    let isWell = false;
    try {
      const end = await work(this.#begin());
      isWell = end.failure === undefined;
      return end;
    } finally {
      if (!isWell || step === stage.steps.at(-1)) {
        for (const next of this.#afterFailureToo(stage)) await this.#runQuietly(next);
      }
    }
  }

  /** The stages right behind this one that run also when it fails. */
  #afterFailureToo(stage: WorkStage): readonly WorkStage[] {
    const later = this.#stages.slice(this.#stages.indexOf(stage) + 1);
    const end = later.findIndex(({ runs }) => runs !== 'after-failure-too');
    return end < 0 ? later : later.slice(0, end);
  }

  async #runQuietly(stage: WorkStage): Promise<void> {
    const { directories, logFile } = this.#begin();
    for (const step of stage.steps) {
      try {
        // Without the signal: what is interrupted is to be cleaned up behind, too.
        await this.#execution.runner.run(commandOf(step, directories), { logFile, allowFailure: true });
      } catch (error) {
        if (!(error instanceof CommandFailed || error instanceof CommandNotFound)) throw error;
      }
    }
  }

  /** Makes the directory at the first call, with a note for whoever finds it after a kill -9. */
  #begin(): WorkingPlace {
    const { work } = this.#plan;
    const { workDirectory, logDirectory } = this.#execution;
    if (work === undefined || workDirectory === undefined) throw new Error(`${this.#plan.name} has no place to work`);
    const logFile = path.join(logDirectory, `${work.name}.log`);
    this.#state.directories.set(work.name, workDirectory);
    const directories = knownDirectories(this.#state, this.#execution);
    if (!this.#isBegun) {
      this.#isBegun = true;
      rmSync(logFile, { force: true });
      makeDirectory(workDirectory, 0o700);
      const cleaning = this.#stages.filter(({ runs }) => runs === 'always').flatMap(({ steps }) => steps);
      const filled = cleaning.map((step) => fillStep(step, directories));
      if (filled.length > 0) recordCleaning(workDirectory, filled);
    }
    return { directories, logFile, workDirectory };
  }
}
