/** Calls `onStall` once when nothing has moved for a while. */
export class ProgressWatchdog {
  readonly #timer: NodeJS.Timeout;
  readonly #onStall: (silentMs: number) => void;
  readonly #limitMs: number;
  #lastMove = performance.now();
  #lastBytes = 0;

  /**
   * `bytesRead` is asked in between: a boot loader that reads a large initramfs says nothing for a long time and is well.
   * `limitMs` is what counts as too long, already scaled by the speed of the accelerator.
   */
  constructor(options: {
    readonly limitMs: number;
    readonly bytesRead: () => Promise<number>;
    readonly onStall: (silentMs: number) => void;
  }) {
    this.#limitMs = options.limitMs;
    this.#onStall = options.onStall;
    this.#timer = setInterval(() => void this.#look(options.bytesRead), Math.min(2000, options.limitMs / 4));
  }

  /** Something moved: a line on the console, an answer of the agent. */
  touch(): void {
    this.#lastMove = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(bytesRead: () => Promise<number>): Promise<void> {
    const bytes = await bytesRead().catch(() => this.#lastBytes);
    if (bytes !== this.#lastBytes) this.touch();
    this.#lastBytes = bytes;
    const silentMs = performance.now() - this.#lastMove;
    if (silentMs < this.#limitMs) return;
    this.stop();
    this.#onStall(Math.round(silentMs));
  }
}
