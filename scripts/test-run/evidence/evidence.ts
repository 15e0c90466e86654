import type { JournalEntry } from '../../lab/index.ts';
import type { FailedUnit } from '../diagnosis/failed-units.ts';
import type { ChainLink } from './critical-chain.ts';
import type { ListeningAddress } from './listening.ts';
import type { UnitMemory } from './unit-memory.ts';

/** What a run shows beside its verdicts. Every part is empty when the machine could not be asked any more. */
export interface Evidence {
  /** The units that the end of the boot waited for, in order. */
  readonly criticalChain: readonly ChainLink[];
  readonly slowestUnits: readonly ChainLink[];
  readonly memory: readonly UnitMemory[];
  readonly listening: readonly ListeningAddress[];
  /** Units that are in the failed state at the end. */
  readonly failedUnits: readonly FailedUnit[];
  /** Entries of the journal that are errors or worse. */
  readonly journalErrors: readonly JournalEntry[];
  /** The serial console as a terminal showed it, at moments that matter. Text files in the run directory. */
  readonly screens: readonly { readonly title: string; readonly atMs: number; readonly file: string }[];
  /** What the display showed. PNG files in the run directory. */
  readonly screenshots: readonly { readonly title: string; readonly atMs: number; readonly file: string }[];
}
