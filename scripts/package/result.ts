/** A test and its verdict. Plain and serialisable. */
export interface TestResult {
  /** `passed`: every machine's verdict is. */
  readonly verdict: 'passed' | 'failed';
  /** Each machine that was started, in order. */
  readonly machines: readonly MachineResult[];
  /** Scenarios that say nothing about this image, and why. */
  readonly leftOut: readonly { readonly scenario: string; readonly reason: string }[];
  /** The verdict and what speaks against it, in lines for people. */
  readonly summary: string;
}

export interface MachineResult {
  /** The name of its topology. */
  readonly machine: string;
  readonly firmware: 'bios' | 'uefi' | 'secure-boot';
  readonly accelerator: string;
  readonly verdict: 'passed' | 'failed';
  /** The start came to its end. */
  readonly booted: boolean;
  /** From power-on to the verdict. */
  readonly seconds: number;
  /** How far it came, and when, in milliseconds since power-on. */
  readonly milestones: readonly { readonly id: string; readonly atMs: number }[];
  readonly checks: readonly CheckAnswer[];
  /** Why the verdict is `failed`. */
  readonly problems: readonly Problem[];
  /** Absolute. Reports and logs: report.html, results.json, results.tap, junit.xml, summary.md, console.log, … */
  readonly directory: string;
}

export interface CheckAnswer {
  readonly id: string;
  readonly title: string;
  /** `skipped`: it could not be asked, for the reason that `summary` tells. `error` counts as failed. */
  readonly status: 'passed' | 'failed' | 'skipped' | 'error';
  readonly summary: string;
  /** Lines that prove it. */
  readonly evidence: readonly string[];
}

export interface Problem {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** What can be done. */
  readonly hint?: string;
  /** The place in a file that it comes from, where there is one. */
  readonly file?: string;
  readonly line?: number;
}
