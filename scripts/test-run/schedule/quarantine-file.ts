// Made by `npm run types` from the schemas in scripts/test-run/schedule. Edit those, not this.

/** Checks that are known to fail. */
export interface QuarantineFile {
  readonly quarantine: readonly QuarantineEntry[];
}

/** A check that is known to fail: it is run and told, and does not make a run fail until the day it expires. */
export interface QuarantineEntry {
  readonly check: string;
  /** On it only; on all when absent. */
  readonly topology?: string;
  readonly reason: string;
  /** Where the cure is worked on. */
  readonly tracker: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}
