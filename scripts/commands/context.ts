import type { Diagnostic } from '../diagnostic/index.ts';
import type { Places } from '../places/index.ts';
import type { Runner } from '../process/index.ts';

/** What every command gets. */
export interface Context {
  readonly places: Places;
  readonly runner: Runner;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Results: standard output. */
  readonly print: (text: string) => void;
  /** Everything a person reads while waiting: standard error. */
  readonly say: (text: string) => void;
  /** Findings that do not stop the work. */
  readonly warn: (diagnostics: readonly Diagnostic[]) => void;
}
