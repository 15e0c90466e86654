import type { Diagnostic } from '../diagnostic/index.ts';
import type { Places } from '../places/index.ts';
import type { Runner } from '../process/index.ts';

export { Interruption } from './interruption.ts';

/** What work gets that starts no program: it goes without the code for that, and starts fast. */
export interface ReadingContext {
  readonly places: Places;
  /** Results: standard output. */
  readonly print: (text: string) => void;
  /** Everything a person reads while waiting: standard error. */
  readonly say: (text: string) => void;
  /** Findings that do not stop the work. */
  readonly warn: (diagnostics: readonly Diagnostic[]) => void;
}

export interface Context extends ReadingContext {
  readonly runner: Runner;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
