import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../../diagnostic/index.ts';
import { plainText } from '../../lab/index.ts';
import { fillStep, type Plan, type Step } from '../../plan/index.ts';
import type { Runner } from '../../process/index.ts';
import { taskList } from '../../progress/index.ts';
import {
  explainBuildFailure,
  type LearnedTimes,
  PhaseBoard,
  readEvidence,
  runCreator,
  runStep,
  tookBefore,
  watchedTasks,
} from '../livemedia/index.ts';
import { installedMarker, installPhases } from './phases.ts';
import { installStep, type NetinstRequest } from './plan.ts';

export interface NetinstExecution {
  readonly runner: Runner;
  /** Absolute; made here, and removed by whoever takes the result out of it. */
  readonly workDirectory: string;
  /** Of the stages that are made already. */
  readonly directories: ReadonlyMap<string, string>;
  readonly logDirectory: string;
  readonly kickstartFile: string;
  readonly times: LearnedTimes;
  readonly signal?: AbortSignal;
  readonly stallMs: number;
  /** How long a first build takes, in words; nothing has been learned then. */
  readonly firstEstimate: string;
}

/**
 * Runs the plan's last stage: the installation, watched and stopped at Anaconda's first word of failure.
 * @throws ReportedError with cause, place and fix when it fails, Interrupted
 */
export async function runNetinst(plan: Plan, request: NetinstRequest, execution: NetinstExecution): Promise<void> {
  const { workDirectory, logDirectory } = execution;
  mkdirSync(workDirectory, { recursive: true, mode: 0o700 });
  const directories = new Map(execution.directories).set('netinst', workDirectory);
  const steps = (plan.stages.at(-1)?.steps ?? []).map((step) => fillStep(step, directories));
  const at = steps.findIndex(({ id }) => id === installStep);
  const plain = (some: readonly Step[]) =>
    some.map((step) => ({
      title: step.title,
      task: () =>
        runStep(step, {
          ...{ engine: 'netinst', runner: execution.runner, logFile: path.join(logDirectory, 'netinst-steps.log') },
          ...(execution.signal && { signal: execution.signal }),
        }),
    }));
  const install = steps[at];
  if (install === undefined) throw new Error(`the plan has no step ${installStep}`);

  const build = [request.flavour, request.base, 'netinst', request.accelerator].join('/');
  const learned = execution.times.of(build);
  const board = new PhaseBoard(installPhases, learned);
  const logFile = path.join(logDirectory, 'netinst.log');
  writeFileSync(logFile, '');
  const work = async () => {
    const outcome = await runCreator(
      { argv: install.argv },
      {
        ...{ program: 'the installation', success: installedMarker, phases: installPhases, board },
        ...{ runner: execution.runner, temporary: workDirectory, logs: workDirectory, installerLogs: undefined },
        ...{ logFile, stallMs: execution.stallMs, pollMs: 1000, plain: plainText },
        ...(execution.signal && { signal: execution.signal }),
      },
    );
    const times = board.finish();
    if (!outcome.succeeded) {
      const told = explainBuildFailure({
        evidence: readEvidence({
          logDirectories: [],
          output: outcome.output,
          ...(outcome.fatal && { errorBlock: outcome.fatal.lines }),
        }),
        ending: outcome.ending,
        kickstart: { file: execution.kickstartFile, text: request.kickstart },
      });
      throw new ReportedError({ ...told, hint: `${told.hint ?? ''}\nconsole: ${logFile}` });
    }
    execution.times.learn(build, times);
  };
  await taskList([
    ...plain(steps.slice(0, at)),
    ...watchedTasks({
      title: `Turning the machine on${tookBefore(learned) || `, ${execution.firstEstimate}`}`,
      before: async () => {},
      ...{ phases: installPhases, board, work },
    }),
    ...plain(steps.slice(at + 1)),
  ]).run();
}
