import path from 'node:path';
import { Interrupted } from '../../../diagnostic/index.ts';
import type { PhaseBoard } from '../../../plan/index.ts';
import { type Command, type Completed, describeEnd, type Runner } from '../../../process/index.ts';
import { CreatorWatch, type FatalFinding } from './creator-watch.ts';
import { sizeOfGrowing } from './growing-file.ts';
import { LogTails } from './log-tails.ts';
import type { InstallPhase } from './phases.ts';

export interface InstallerOptions {
  /** How it is called in words. */
  readonly program: string;
  /** The line that says that all went well; without it a good exit is none. */
  readonly success: RegExp;
  readonly runner: Runner;
  readonly board: PhaseBoard<InstallPhase>;
  /** Outside: livemedia-creator's --tmp, its logs, and where Anaconda writes (undefined when nobody can look). */
  readonly temporary: string;
  readonly logs: string;
  readonly installerLogs: string | undefined;
  readonly logFile: string;
  readonly signal?: AbortSignal;
  /** Without a line, a log line or growth for this long it is stopped. */
  readonly stallMs: number;
  readonly pollMs: number;
  /** Takes a terminal's colours and movements out of a line. */
  readonly plain?: (line: string) => string;
}

/** How the program ended. */
export interface InstallerOutcome {
  readonly succeeded: boolean;
  /** In words: "livemedia-creator exited with status 1", "… was stopped at the first sign of failure". */
  readonly ending: string;
  readonly output: readonly string[];
  readonly fatal?: FatalFinding;
}

/** More of the output than anybody reads; what went wrong stands at its end. */
const keptLines = 20_000;

/**
 * Runs a program under which Anaconda installs, and follows all that is written. It is stopped at the first line that lets
 * nothing good follow, and when nothing happens for too long: it would sit out Anaconda's last three minutes, or wait for ever.
 * @throws Interrupted
 */
export async function runInstaller(command: Command, options: InstallerOptions): Promise<InstallerOutcome> {
  const { board, signal } = options;
  const output: string[] = [];
  let lastSign = Date.now();
  let succeeded = false;
  let stopped: { readonly why: string; readonly fatal?: FatalFinding } | undefined;
  const watch = new CreatorWatch(board.phases, {
    onPhase: (phase) => {
      // What it has grown to at its end: a short or a busy one may lie between two polls.
      grown();
      board.begin(phase);
    },
    onProgress: (text) => board.progress(text),
    onFatal: (fatal) => stop('was stopped at the first sign of failure', fatal),
  });
  const grown = (): number => {
    const grows = board.current?.grows;
    const bytes = grows === undefined ? 0 : sizeOfGrowing(options.temporary, grows);
    if (bytes > 0) board.grown(bytes);
    return bytes;
  };
  const running = options.runner.start(command, {
    logFile: options.logFile,
    ...(signal && { signal }),
    onLine: (raw) => {
      const line = options.plain?.(raw) ?? raw;
      lastSign = Date.now();
      if (output.length < keptLines) output.push(line);
      else output.splice(0, 1000, '…');
      if (options.success.test(line)) succeeded = true;
      watch.line(line);
    },
  });
  const stop = (why: string, fatal?: FatalFinding) => {
    if (stopped !== undefined) return;
    stopped = { why, ...(fatal && { fatal }) };
    void running.stop();
  };

  const tails = [path.join(options.logs), options.installerLogs]
    .filter((directory) => directory !== undefined)
    .map((directory) => new LogTails(directory, (line) => watch.logLine(line)));
  let size = 0;
  const poll = () => {
    const read = tails.reduce((sum, tail) => sum + tail.poll(), 0);
    const now = grown();
    if (read > 0 || now !== size) lastSign = Date.now();
    size = now;
    if (Date.now() - lastSign > options.stallMs) stop(stallText(options.stallMs, board.current));
  };
  const timer = setInterval(poll, options.pollMs);
  let completed: Completed;
  try {
    completed = await running.completed;
  } finally {
    clearInterval(timer);
  }
  if (signal?.aborted) throw new Interrupted();
  poll();
  watch.end();
  const ended = stopped as { readonly why: string; readonly fatal?: FatalFinding } | undefined;
  return {
    succeeded: ended === undefined && completed.exitCode === 0 && succeeded,
    ending: `${options.program} ${ended?.why ?? endOf(completed, succeeded)}`,
    output,
    ...(ended?.fatal && { fatal: ended.fatal }),
  };
}

function endOf(completed: Completed, succeeded: boolean): string {
  if (completed.exitCode === 0 && !succeeded) return 'ended without a word of success';
  return describeEnd(completed);
}

function stallText(stallMs: number, phase: InstallPhase | undefined): string {
  const minutes = stallMs / 60_000;
  const time = minutes >= 1 ? `${minutes.toFixed(0)} min` : `${(stallMs / 1000).toFixed(1)} s`;
  return `was stopped: nothing happened for ${time} while ${phase?.title.toLowerCase() ?? 'starting'}`;
}
