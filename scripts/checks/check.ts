import type { Manifest } from '../image/manifest.ts';
import type { Guest } from '../lab/guest/guest.ts';
import type { MachineFeature } from '../lab/machine/topology.ts';

/** One question asked of a booted image. One file each; `index.ts` lists them. */
export interface Check {
  /** Stable identifier, kebab-case; components name it in their `checks`. */
  readonly id: string;
  /** What is so when it passes, a few words. */
  readonly title: string;
  /** What a pass proves and by what means, one or two sentences. */
  readonly proves: string;
  /** Hardware without which the question makes no sense: the check is then skipped. */
  readonly needs?: readonly MachineFeature[];
  /** Runs on every image. */
  readonly core?: true;
  run(context: CheckContext): Promise<CheckOutcome>;
}

export interface CheckContext {
  readonly guest: Guest;
  /** What may be expected of the image. */
  readonly manifest: Manifest;
  /** Names of units that the lab itself put into the guest: not the image's doing. */
  readonly injectedUnits: readonly string[];
  /** cgroup of those units below /sys/fs/cgroup. */
  readonly injectedSlice: string;
  /** Kernel memory for the lab's own devices, which no cgroup is charged for. */
  readonly injectedKernelMiB: number;
  /** Seconds since no start job was left. */
  secondsSinceSettled(): number;
  /** Real time for a time at the reference speed, at least as long. */
  scaled(seconds: number): number;
}

export type CheckStatus =
  | 'passed'
  | 'failed'
  /** The machine lacks what the check needs. */
  | 'skipped'
  /** The question could not be asked (a command is missing in the image, the guest did not answer). Counts as failed. */
  | 'error';

export interface CheckOutcome {
  readonly status: CheckStatus;
  /** One line: the answer. */
  readonly summary: string;
  /** Lines that prove it: what was read in the guest. */
  readonly evidence: readonly string[];
  /** Measured values by name; names end in their unit where they have one (`usedMiB`). */
  readonly values?: Readonly<Record<string, number | string | readonly string[]>>;
}

/** What a run of a check yields: the outcome with the check's own words. */
export interface CheckResult extends CheckOutcome {
  readonly id: string;
  readonly title: string;
  readonly proves: string;
  readonly durationMs: number;
}

export function passed(
  summary: string,
  evidence: readonly string[] = [],
  values?: NonNullable<CheckOutcome['values']>,
): CheckOutcome {
  return { status: 'passed', summary, evidence, ...(values && { values }) };
}

export function failed(
  summary: string,
  evidence: readonly string[] = [],
  values?: NonNullable<CheckOutcome['values']>,
): CheckOutcome {
  return { status: 'failed', summary, evidence, ...(values && { values }) };
}
