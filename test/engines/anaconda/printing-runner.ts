import type { Command, Completed, Runner, RunningProcess, RunOptions } from '../../../scripts/process/index.ts';

const ended: Completed = { exitCode: 1, signal: null, stdout: '', stderr: '', durationMs: 0, timedOut: false };

/** Runs no program: says lines as livemedia-creator prints them, then fails, or goes on until it is stopped. */
export class PrintingRunner implements Runner {
  readonly #lines: readonly string[];
  readonly #goesOn: boolean;

  constructor(lines: readonly string[], goesOn: boolean) {
    this.#lines = lines;
    this.#goesOn = goesOn;
  }

  run(): Promise<Completed> {
    throw new Error('it is to be watched');
  }

  start(_command: Command, options: RunOptions = {}): RunningProcess {
    let stopped = () => {};
    const completed = new Promise<Completed>((resolve) => {
      stopped = () => resolve({ ...ended, exitCode: null, signal: 'SIGTERM' });
      setImmediate(() => {
        for (const line of this.#lines) options.onLine?.(`2026-11-22 19:41:13,123: ${line}`, 'stderr');
        if (!this.#goesOn) resolve(ended);
      });
    });
    const stop = () => {
      stopped();
      return completed;
    };
    return { pid: 0, completed, stop };
  }
}
