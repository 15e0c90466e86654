import { ReportedError, withHint } from '../../diagnostic/index.ts';
import { type LearnedTimes, PhaseBoard, tookBefore, type Watch } from '../../plan/index.ts';
import { plainText } from '../../process/index.ts';
import { explainBuildFailure, type InstallerOutcome, readEvidence, runInstaller } from '../anaconda/index.ts';
import { installedMarker, phases } from './phases.ts';
import type { NetinstRequest } from './plan.ts';

export interface InstallationWatchSettings {
  /** Where the kickstart's findings are told. */
  readonly kickstartFile: string;
  readonly times: LearnedTimes;
  /** Silence that is borne, in milliseconds. */
  readonly stallMs: number;
  /** How long a first build takes, in words; nothing has been learned then. */
  readonly firstEstimate: string;
}

/** Watches Anaconda in its machine, which is stopped at the first word of failure. */
export function watchInstallation(request: NetinstRequest, settings: InstallationWatchSettings): Watch {
  const { times } = settings;
  const build = [request.flavour, request.base, 'netinst', request.accelerator].join('/');
  const learned = times.of(build);
  const board = new PhaseBoard(phases, learned);
  return {
    title: `Turning the machine on${tookBefore(learned) || `, ${settings.firstEstimate}`}`,
    board,
    run: async (command, options) => {
      const { workDirectory } = options;
      const outcome = await runInstaller(command, {
        ...options,
        program: 'the installation',
        success: installedMarker,
        board,
        temporary: workDirectory,
        logs: workDirectory,
        installerLogs: undefined,
        stallMs: settings.stallMs,
        pollMs: 1000,
        plain: plainText,
      });
      const took = board.finish();
      if (!outcome.succeeded) return { failure: () => failureOf(outcome, request, settings, options.logFile) };
      times.learn(build, took);
      return {};
    },
  };
}

function failureOf(
  outcome: InstallerOutcome,
  request: NetinstRequest,
  { kickstartFile }: InstallationWatchSettings,
  consoleLog: string,
): ReportedError {
  const told = explainBuildFailure({
    evidence: readEvidence({
      logDirectories: [],
      output: outcome.output,
      ...(outcome.fatal && { errorBlock: outcome.fatal.lines }),
    }),
    ending: outcome.ending,
    kickstart: { file: kickstartFile, text: request.kickstart },
  });
  return new ReportedError(withHint(told, `console: ${consoleLog}`));
}
