import { Interrupted } from '../diagnostic/index.ts';

/** Within this time a second signal is the first one once more: a shell and npx may both pass on one Ctrl-C. */
const SAME_MS = 500;

/**
 * What ends a command from outside: Ctrl-C and its like, and a reader of its output that has gone. Work that cleans up behind
 * itself asks for `signal`, and is told; until somebody does, a signal ends the process at once, whatever it is busy with.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #say: (text: string) => void;
  #isArmed = false;
  #interruptedAt: number | undefined;
  #isOver = false;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  get signal(): AbortSignal {
    if (!this.#isArmed) {
      this.#isArmed = true;
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#interrupt());
    }
    return this.#controller.signal;
  }

  /** The work has ended, and what is left is to be read: whoever does not want it changes nothing. */
  over(): void {
    this.#isOver = true;
  }

  /** To be told of failures of an output. Work under way that nobody reads of is interrupted, and no success. */
  watch(output: NodeJS.WriteStream): void {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        this.#say(`the output cannot be written: ${error.message}`);
        process.exit(3);
      }
      // A reader that has seen enough of a list (`| head`) is no error.
      if (!this.#isArmed || this.#isOver) process.exit(Number(process.exitCode ?? 0));
      this.#controller.abort(new Interrupted());
    });
  }

  #interrupt(): void {
    const now = performance.now();
    if (this.#interruptedAt === undefined) {
      this.#interruptedAt = now;
      this.#say('stopping, and cleaning up; once more ends at once');
      this.#controller.abort(new Interrupted());
    } else if (now - this.#interruptedAt > SAME_MS) {
      // What it started dies with it (see SystemRunner), and the next build removes what it leaves.
      process.exit(130);
    }
  }
}
