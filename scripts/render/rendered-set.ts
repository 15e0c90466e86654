import type { Diagnostic } from '../diagnostic/index.ts';
import type {
  Budgets,
  PostureReason,
  PresetUnit,
  Releases,
  ResolvedBase,
  VulnerabilityStatement,
} from '../flavour/index.ts';

/** What rendering a flavour yields: one self-contained kickstart and what is known about it. Plain, serialisable. */
export interface RenderedSet {
  readonly flavour: string;
  readonly base: string;
  /** The kickstart text. Same input, same bytes. */
  readonly kickstart: string;
  /** Written beside it as `<flavour>.map.json`. */
  readonly map: RenderedMap;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RenderedMap {
  readonly schema: 1;
  /** For line n of the kickstart, `lines[n - 1]` is the place it comes from (template, flavour, component or overlay file). */
  readonly lines: readonly Origin[];
  readonly units: readonly PresetUnit[];
  /** Units of each user's own manager. */
  readonly userUnits: readonly PresetUnit[];
  /** What the distribution starts, and no component has to claim. */
  readonly starts?: ResolvedBase['starts'];
  readonly files: readonly {
    readonly path: string;
    readonly mode: string;
    readonly component: string;
    readonly source: string;
    /** What it holds is nobody else's business. */
    readonly secret?: true;
  }[];
  /** In maps of earlier versions there are none. */
  readonly kernelArguments?: readonly {
    readonly argument: string;
    /** The line that brings it. */
    readonly file: string;
    readonly line: number;
  }[];
  /** What was found out about vulnerabilities, and where it is said; absent where nothing is. */
  readonly vulnerabilities?: readonly PlacedStatement[];
  /** What weakens the system and may, and where that is said; in maps of earlier versions there is none. */
  readonly posture?: readonly PlacedReason[];
  readonly budgets: Budgets;
  readonly checks: readonly string[];
  /** Risks that the flavour takes knowingly. */
  readonly acknowledged: readonly string[];
  /** What the system knows of its successors; absent where it knows nothing. */
  readonly releases?: Releases;
  /** Paths are relative to the checkout (or the user's flavour directory). */
  readonly sources: readonly string[];
}

export interface PlacedReason extends PostureReason {
  readonly by: string;
  /** The line that says it. */
  readonly file: string;
  readonly line: number;
}

export interface PlacedStatement extends VulnerabilityStatement {
  /** The line that says it. */
  readonly file: string;
  readonly line: number;
}

/** `[index into sources, line from 1]` */
export type Origin = readonly [number, number];
