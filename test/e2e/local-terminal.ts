import { type ChildProcess, spawn } from 'node:child_process';
import { Screen } from '../../scripts/lab/screen/index.ts';

/** A program on a terminal of 80 columns and 24 lines. */
export class LocalTerminal {
  readonly screen: Screen;
  /** Rejects when the program ended before it was closed. */
  readonly failed: Promise<never>;
  readonly #child: ChildProcess;
  #isClosed = false;

  constructor([program, ...rest]: readonly [string, ...string[]]) {
    const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    this.screen = new Screen({
      write: (keys) => void child.stdin.write(keys),
      elapsedMs: () => 0,
      columns: 80,
      rows: 24,
    });
    child.stdout.on('data', (bytes: Buffer) => this.screen.feed(bytes));
    this.failed = new Promise((_, reject) => {
      child.on('exit', () => {
        if (!this.#isClosed) void this.screen.text().then((text) => reject(new Error(`the program ended:\n${text}`)));
      });
    });
    this.failed.catch(() => {});
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const ended = this.#child.exitCode !== null || new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }
}
