import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ListrTask } from 'listr2';
import { EnvironmentError, ReportedError } from '../../diagnostic/index.ts';
import { fillStep, type Plan, type Stage, type Step, withLock } from '../../plan/index.ts';
import { CommandFailed, CommandNotFound, type Runner } from '../../process/index.ts';
import { taskList } from '../../progress/index.ts';
import { readEvidence } from '../anaconda/failure/evidence.ts';
import { explainBuildFailure } from '../anaconda/failure/explain.ts';
import { commandOf, runStep } from '../anaconda/run-step.ts';
import { type CreateOutcome, runCreator } from '../anaconda/watch/create.ts';
import type { LearnedTimes } from '../anaconda/watch/learned-times.ts';
import { PhaseBoard } from '../anaconda/watch/phase-board.ts';
import { phasesOf, successMarker } from '../anaconda/watch/phases.ts';
import { tookBefore, watchedTasks } from '../anaconda/watch/tasks.ts';
import { recordCleaning } from './leftovers.ts';
import { createStep, type LivemediaRequest, runnerRequest, type StageId, workStage } from './plan.ts';

export interface LivemediaExecution {
  readonly runner: Runner;
  /** Absolute; made here, and removed by whoever takes the result out of it. */
  readonly workDirectory: string;
  readonly lockFile: string;
  readonly logDirectory: string;
  /** Where the kickstart's findings are told. */
  readonly kickstartFile: string;
  readonly times: LearnedTimes;
  readonly signal?: AbortSignal;
  readonly stallMs: number;
  readonly pollMs: number;
  /** How tasks are shown; as a list when absent. */
  readonly show?: (tasks: ListrTask[]) => { run(): Promise<unknown> };
}

/**
 * Runs the plan: phases of livemedia-creator as tasks, logs packed and leftovers removed whatever happens.
 * @throws ReportedError with cause, place and fix when the build fails, Interrupted
 */
export async function runLivemedia(
  plan: Plan,
  request: LivemediaRequest,
  execution: LivemediaExecution,
): Promise<{ readonly resultDirectory: string }> {
  const { workDirectory } = execution;
  const steps = stepsOf(plan, workDirectory);
  mkdirSync(workDirectory, { recursive: true, mode: 0o700 });
  recordCleaning(workDirectory, steps('clean'));
  const options = { ...(execution.signal && { signal: execution.signal }) };
  return withLock(execution.lockFile, options, async () => {
    try {
      await (execution.show ?? taskList)([
        ...plainTasks(steps('livemedia'), execution),
        ...createTasks(steps('create'), request, execution, steps('logs')),
        ...plainTasks(steps('result'), execution),
      ]).run();
      return { resultDirectory: path.join(workDirectory, 'result') };
    } finally {
      await runAll(steps('clean'), execution);
    }
  });
}

/** Steps of a stage with the work directory in place of `${livemedia}`. */
function stepsOf(plan: Plan, workDirectory: string): (id: StageId) => readonly Step[] {
  const directories = new Map([[workStage, workDirectory]]);
  const stage = (id: StageId): Stage | undefined => plan.stages.find((one) => one.id === id);
  return (id) => (stage(id)?.steps ?? []).map((step) => fillStep(step, directories));
}

function plainTasks(steps: readonly Step[], execution: LivemediaExecution): ListrTask[] {
  return steps.map((step) => ({ title: step.title, task: () => runPlain(step, execution) }));
}

function runPlain(step: Step, execution: LivemediaExecution): Promise<void> {
  const { runner, signal, logDirectory } = execution;
  const logFile = path.join(logDirectory, 'livemedia.log');
  return runStep(step, { engine: 'livemedia', runner, logFile, ...(signal && { signal }) });
}

/** What must be done whatever happened before, Ctrl-C included; a step that finds nothing to do may fail. */
async function runAll(steps: readonly Step[], { runner, logDirectory }: LivemediaExecution): Promise<void> {
  for (const step of steps) {
    try {
      await runner.run(commandOf(step), { logFile: path.join(logDirectory, 'livemedia.log'), allowFailure: true });
    } catch (error) {
      if (!(error instanceof CommandFailed || error instanceof CommandNotFound)) throw error;
    }
  }
}

/** One task for each phase of the one program; the first of them starts it. */
function createTasks(
  steps: readonly Step[],
  request: LivemediaRequest,
  execution: LivemediaExecution,
  logSteps: readonly Step[],
): ListrTask[] {
  const { creator, runner } = request;
  const phases = phasesOf(creator.output);
  const build = [request.flavour, request.base, creator.output, runner.id].join('/');
  const learned = execution.times.of(build);
  const board = new PhaseBoard(phases, learned);
  const at = { ...runnerRequest(request), work: execution.workDirectory };
  const paths = runner.paths(at);

  const create = async () => {
    const step = steps.find(({ id }) => id === createStep);
    if (step === undefined) throw new Error(`the plan has no step ${createStep}`);
    let outcome: CreateOutcome;
    try {
      outcome = await runCreator(commandOf(step), {
        ...execution,
        ...{ program: 'livemedia-creator', success: successMarker, phases, board },
        temporary: runner.outside(at, paths.temporary),
        logs: runner.outside(at, paths.logs),
        installerLogs: runner.installerLogs(at),
        logFile: path.join(execution.logDirectory, 'livemedia.log'),
      });
    } finally {
      await runAll(logSteps, execution);
    }
    const times = board.finish();
    if (!outcome.succeeded) throw failure(outcome, request, execution);
    execution.times.learn(build, times);
  };

  return watchedTasks({
    title: `Starting livemedia-creator${tookBefore(learned)}`,
    before: async () => {
      for (const step of steps.filter(({ id }) => id !== createStep)) await runPlain(step, execution);
    },
    ...{ phases, board, work: create },
  });
}

function failure(outcome: CreateOutcome, request: LivemediaRequest, execution: LivemediaExecution): ReportedError {
  const { workDirectory, logDirectory, kickstartFile } = execution;
  const archive = path.join(workDirectory, 'logs.tar.gz');
  const kept = path.join(logDirectory, 'livemedia-logs.tar.gz');
  if (existsSync(archive)) writeFileSync(kept, readFileSync(archive), { mode: 0o600 });
  const logs = path.join(workDirectory, 'logs');
  const diagnostic = explainBuildFailure({
    evidence: readEvidence({
      logDirectories: [path.join(logs, 'anaconda'), logs],
      output: outcome.output,
      ...(outcome.fatal && { errorBlock: outcome.fatal.lines }),
    }),
    ending: outcome.ending,
    kickstart: { file: kickstartFile, text: request.kickstart },
  });
  const isOfMachine = /^livemedia-(?:no-anaconda|not-root|no-loop-device|hfsplus|qemu-img-missing|no-qemu)$/;
  const Kind = isOfMachine.test(diagnostic.code) ? EnvironmentError : ReportedError;
  return new Kind({ ...diagnostic, hint: `${diagnostic.hint ?? ''}\nall logs: ${kept}` });
}
