import { availableParallelism, totalmem } from 'node:os';

/** What the machines that run at the same time may use together. */
export interface Budget {
  readonly memoryMiB: number;
  readonly cores: number;
}

/** What QEMU itself takes beside the guest's memory. */
const overheadMiB = 300;
/** The rest is for builds, caches and whoever else is here. */
const shareOfMemory = 0.75;

/** All processors of this computer, and three quarters of its memory. */
export function usualBudget(): Budget {
  return { memoryMiB: Math.floor((totalmem() / 2 ** 20) * shareOfMemory), cores: availableParallelism() };
}

interface Demand {
  readonly memoryMiB: number;
  readonly processors: number;
}

/**
 * Lets so many machines run as fit. One that is larger than the whole budget runs when nothing else does: a smaller
 * computer is slow, not wrong. First come, first served: a large machine is not overtaken for ever by small ones.
 */
export class Slots {
  readonly #budget: Budget;
  readonly #waiting: { readonly demand: Demand; readonly go: () => void }[] = [];
  #memoryMiB = 0;
  #cores = 0;
  #running = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Runs `work` when there is a place for its machine. */
  async use<T>(demand: Demand, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.#waiting.push({ demand, go });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#count(demand, -1);
      this.#admit();
    }
  }

  #admit(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined || (this.#running > 0 && !this.#fits(next.demand))) return;
      this.#waiting.shift();
      this.#count(next.demand, 1);
      next.go();
    }
  }

  #fits({ memoryMiB, processors }: Demand): boolean {
    return (
      this.#memoryMiB + memoryMiB + overheadMiB <= this.#budget.memoryMiB &&
      this.#cores + processors <= this.#budget.cores
    );
  }

  #count({ memoryMiB, processors }: Demand, sign: 1 | -1): void {
    this.#memoryMiB += sign * (memoryMiB + overheadMiB);
    this.#cores += sign * processors;
    this.#running += sign;
  }
}
