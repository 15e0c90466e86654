import { appendFileSync } from 'node:fs';
import { $, type ProcessPromise } from 'zx';
import { displayCommand, Interrupted, quoteForShell } from '../diagnostic/index.ts';
import { CommandFailed, CommandNotFound, describeEnd } from './failure.ts';
import { LineSplitter } from './line-splitter.ts';
import type { Command, Completed, Runner, RunningProcess, RunOptions } from './runner.ts';

const inheritedVariables = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TERM',
  'XDG_RUNTIME_DIR',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/**
 * The environment a program starts with: what it must inherit, a fixed locale, then what the command adds.
 * Secrets of the caller's environment (CI tokens) do not leak into build scripts this way.
 */
function environmentOf(command: Command): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    inheritedVariables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  return { ...inherited, LC_ALL: 'C.UTF-8', ...command.env };
}

/** Runs programs for real, through zx, each in a process group of its own so that it can be stopped whole. */
export class SystemRunner implements Runner {
  readonly #running = new Set<RunningProcess>();

  async run(command: Command, options: RunOptions = {}): Promise<Completed> {
    if (options.signal?.aborted) throw new Interrupted();
    const running = this.start(command, options);
    const completed = await running.completed;
    if (options.signal?.aborted) throw new Interrupted();
    const failed = completed.exitCode !== 0;
    if (failed && completed.exitCode === 127 && completed.stderr.includes('failed to execute')) {
      throw new CommandNotFound(command.argv[0]);
    }
    if (failed && (completed.timedOut || options.allowFailure !== true)) throw new CommandFailed(command, completed);
    return completed;
  }

  start(command: Command, options: RunOptions = {}): RunningProcess {
    const started = Date.now();
    const log = (text: string) => {
      if (options.logFile !== undefined) appendFileSync(options.logFile, text);
    };
    log(`+ ${displayCommand(command.argv)}\n`);

    // setpriv makes the kernel end the program when this process dies, SIGKILL included.
    const argv = ['setpriv', '--pdeathsig', 'KILL', '--', ...command.argv];
    const child: ProcessPromise = $({
      cwd: command.cwd ?? process.cwd(),
      env: environmentOf(command),
      // An empty input is a closed one: zx would leave an empty string's pipe open.
      ...(command.stdin ? { input: command.stdin } : { stdio: ['ignore', 'pipe', 'pipe'] as const }),
      detached: true,
      nothrow: true,
      quiet: true,
      // bash, which zx would take, reads ~/.bashrc where its input is a socket, as ours is: it takes that for a remote login.
      shell: '/bin/sh',
      quote: quoteForShell,
      // `exec` leaves no shell between us and the program: signals and the death of the parent reach it directly.
      prefix: `${command.umask === undefined ? '' : `umask ${command.umask}; `}exec `,
    })`${argv}`;

    const splitters = (['stdout', 'stderr'] as const).map((stream) => {
      const splitter = new LineSplitter((line) => {
        log(`${line}\n`);
        options.onLine?.(line, stream);
      });
      child[stream].on('data', (chunk: Buffer) => splitter.push(chunk));
      return splitter;
    });

    let timedOut = false;
    const killGroup = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal);
      } catch {
        // The group is gone already.
      }
    };
    const stop = async (graceMs = 2000): Promise<Completed> => {
      killGroup('SIGTERM');
      const hardKill = setTimeout(() => killGroup('SIGKILL'), graceMs);
      const result = await completed;
      clearTimeout(hardKill);
      return result;
    };
    const onAbort = () => void stop();
    options.signal?.addEventListener('abort', onAbort);
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            void stop();
          }, options.timeoutMs);

    const completed: Promise<Completed> = child.then((output) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      for (const splitter of splitters) splitter.end();
      this.#running.delete(running);
      const result: Completed = {
        exitCode: output.exitCode,
        signal: output.signal,
        stdout: output.stdout,
        stderr: output.stderr,
        durationMs: Date.now() - started,
        timedOut,
      };
      log(`= ${describeEnd(result)} after ${(result.durationMs / 1000).toFixed(1)} s\n`);
      return result;
    });
    const running: RunningProcess = { pid: child.pid ?? 0, completed, stop };
    this.#running.add(running);
    return running;
  }

  /** Stops everything that is still running. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
  }
}
