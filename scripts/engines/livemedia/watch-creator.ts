import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError, ReportedError, withHint } from '../../diagnostic/index.ts';
import { type LearnedTimes, PhaseBoard, tookBefore, type Watch } from '../../plan/index.ts';
import { explainBuildFailure, type InstallerOutcome, readEvidence, runInstaller } from '../anaconda/index.ts';
import { phasesOf, successMarker } from './phases.ts';
import { type LivemediaRequest, runnerRequest } from './plan.ts';

export interface CreatorWatchSettings {
  /** Where the packed logs of a failed build are kept. */
  readonly logDirectory: string;
  /** Where the kickstart's findings are told. */
  readonly kickstartFile: string;
  readonly times: LearnedTimes;
  /** Silence that is borne, and how often logs are looked at, in milliseconds. */
  readonly stallMs: number;
  readonly pollMs: number;
}

/** Watches livemedia-creator: its phases, its logs, and the cause when it fails. */
export function watchCreator(request: LivemediaRequest, settings: CreatorWatchSettings): Watch {
  const { creator, runner } = request;
  const build = [request.flavour, request.base, creator.output, runner.id].join('/');
  const learned = settings.times.of(build);
  const board = new PhaseBoard(phasesOf(creator.output), learned);
  return {
    title: `Starting livemedia-creator${tookBefore(learned)}`,
    board,
    run: async (command, options) => {
      const { workDirectory } = options;
      const at = { ...runnerRequest(request), work: workDirectory };
      const paths = runner.paths(at);
      const outcome = await runInstaller(command, {
        ...options,
        program: 'livemedia-creator',
        success: successMarker,
        board,
        temporary: runner.outside(at, paths.temporary),
        logs: runner.outside(at, paths.logs),
        installerLogs: runner.installerLogs(at),
        stallMs: settings.stallMs,
        pollMs: settings.pollMs,
      });
      const times = board.finish();
      if (!outcome.succeeded) return { failure: () => failureOf(outcome, request, { ...settings, workDirectory }) };
      settings.times.learn(build, times);
      return {};
    },
  };
}

function failureOf(
  outcome: InstallerOutcome,
  request: LivemediaRequest,
  at: Pick<CreatorWatchSettings, 'logDirectory' | 'kickstartFile'> & { readonly workDirectory: string },
): ReportedError {
  const { workDirectory, logDirectory, kickstartFile } = at;
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
  return new Kind(withHint(diagnostic, `all logs: ${kept}`));
}
