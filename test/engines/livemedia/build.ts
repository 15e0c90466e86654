import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Listr } from 'listr2';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { explainStep } from '../../../scripts/engines/anaconda/index.ts';
import { planLivemedia } from '../../../scripts/engines/livemedia/plan.ts';
import type { RunnerId } from '../../../scripts/engines/livemedia/runners/runner.ts';
import { watchCreator } from '../../../scripts/engines/livemedia/watch-creator.ts';
import { LearnedTimes, runPlan } from '../../../scripts/plan/index.ts';
import { execution } from '../../plan/fixtures.ts';
import type { FakePrograms } from './fake-programs.ts';
import { requestFor } from './fixtures.ts';

/** Runs a whole build with stand-ins; answers where everything is and, when it failed, what it was told as. */
export async function build(
  programs: FakePrograms,
  options: { readonly runner?: RunnerId; readonly stallMs?: number; readonly signal?: AbortSignal } = {},
) {
  const request = requestFor({ runner: options.runner ?? 'host' });
  const logDirectory = path.join(programs.directory, 'logs');
  mkdirSync(logDirectory, { recursive: true });
  const workDirectory = path.join(programs.directory, 'work');
  const times = new LearnedTimes(programs.directory);
  const watch = watchCreator(request, {
    logDirectory,
    kickstartFile: 'nano.ks',
    times,
    stallMs: options.stallMs ?? 60_000,
    pollMs: 20,
  });
  const using = execution(
    programs.directory,
    {
      workDirectory,
      logDirectory,
      watch: () => watch,
      explain: explainStep('livemedia'),
      show: (tasks) => new Listr(tasks, { renderer: 'silent' }),
      ...(options.signal && { signal: options.signal }),
    },
    programs,
  );
  const error = await runPlan(planLivemedia(request), using).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !(error instanceof ReportedError)) throw error;
  return { diagnostics: error?.diagnostics ?? [], workDirectory, logDirectory, times };
}
