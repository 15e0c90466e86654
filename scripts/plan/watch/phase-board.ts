import type { BuildTimes } from './learned-times.ts';
import { timeLeft, timeLeftInWords } from './learned-times.ts';

/** A part of a program's work that a person can follow. */
export interface Phase {
  readonly id: string;
  readonly title: string;
}

interface Deferred {
  readonly promise: Promise<boolean>;
  readonly resolve: (wasSeen: boolean) => void;
}

/**
 * Which phases are over and how far the present one is, for whoever shows it. One phase ends where a later one begins;
 * phases that never came are told as not seen.
 */
export class PhaseBoard<P extends Phase = Phase> {
  /** In the order in which they come. */
  readonly phases: readonly P[];
  readonly #learned: BuildTimes | undefined;
  readonly #ends = new Map<string, Deferred>();
  readonly #times: Record<string, number> = {};
  readonly #bytes: Record<string, number> = {};
  #current: { readonly phase: P; readonly since: number } | undefined;
  #text = '';
  onChange: () => void = () => {};

  constructor(phases: readonly P[], learned: BuildTimes | undefined) {
    this.phases = phases;
    this.#learned = learned;
    for (const phase of phases) this.#ends.set(phase.id, deferred());
  }

  get current(): P | undefined {
    return this.#current?.phase;
  }

  begin(phase: P): void {
    this.#close();
    this.#current = { phase, since: Date.now() };
    this.#text = '';
    for (const earlier of this.phases.slice(0, this.phases.indexOf(phase))) {
      this.#ends.get(earlier.id)?.resolve(earlier.id in this.#times);
    }
    this.onChange();
  }

  progress(text: string): void {
    this.#text = text;
    this.onChange();
  }

  /** The file that the present phase writes has this size now. */
  grown(bytes: number): void {
    const phase = this.current;
    if (phase === undefined || bytes === 0) return;
    this.#bytes[phase.id] = bytes;
    const expected = this.#learned?.bytes[phase.id];
    const share = expected === undefined ? '' : ` of about ${megabytes(expected)}`;
    this.progress(`${megabytes(bytes)}${share} MB`);
  }

  /** "412/601 bash.x86_64, about 9 min left" */
  describe(): string {
    if (this.#current === undefined) return '';
    const order = this.phases.map(({ id }) => id);
    const { phase, since } = this.#current;
    const left = timeLeftInWords(timeLeft(order, { id: phase.id, elapsedMs: Date.now() - since }, this.#learned));
    return [this.#text, left].filter(Boolean).join(', ');
  }

  /** Resolves when the phase is over; tells whether it was seen at all. */
  ended(phase: Phase): Promise<boolean> {
    return this.#ends.get(phase.id)?.promise ?? Promise.resolve(false);
  }

  millisecondsOf(phase: Phase): number {
    return this.#times[phase.id] ?? 0;
  }

  /** The build is over. Answers what there is to learn. */
  finish(): BuildTimes {
    this.#close();
    this.#current = undefined;
    for (const phase of this.phases) this.#ends.get(phase.id)?.resolve(phase.id in this.#times);
    return { milliseconds: this.#times, bytes: this.#bytes };
  }

  #close(): void {
    if (this.#current === undefined) return;
    this.#times[this.#current.phase.id] = Date.now() - this.#current.since;
  }
}

function deferred(): Deferred {
  let resolve: (wasSeen: boolean) => void = () => {};
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
