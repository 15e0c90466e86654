import type { Span } from '../diagnostic/index.ts';
import type { Manifest } from '../image/index.ts';
import type { Guest, MachineControl, MachineFeature } from '../lab/index.ts';

/** One question asked of a booted image. One file each; `index.ts` lists them. */
export interface Check {
  /** Stable identifier, kebab-case; components name it in their `checks`. */
  readonly id: string;
  /** What is so when it passes, a few words. */
  readonly title: string;
  /** What a pass proves and by what means, one or two sentences. */
  readonly proves: string;
  /** Without these the question makes no sense: the check is then skipped, and says why. */
  readonly needs?: Needs;
  /** Runs on every image. */
  readonly core?: true;
  /** It fails when it takes longer, in seconds at the reference speed. */
  readonly budgetSeconds?: number;
  /** It leaves the guest other than it was: where the machine has snapshots, what follows starts from before it. */
  readonly changesState?: true;
  /** It compares with what the boot made: asked before anything else starts a daemon. */
  readonly freshBoot?: true;
  /**
   * The parts of the image that its answer depends on; all of it when absent. Its own code, the topology and QEMU are
   * inputs of every check. While none of these changed, a pass is not asked for again. For what takes seconds and depends
   * on installed files only: what the boot menu or the initramfs decides is no part that a manifest tells of.
   */
  readonly inputs?: readonly ImagePart[];
  readonly run: (context: CheckContext) => Promise<CheckOutcome>;
}

/** What there is to ask of an image of which only the file is known. */
export type AnyImageContext = Omit<CheckContext, 'expect'>;

/** A check that can be asked of any image: nothing has to be known of it before. */
export interface AnyImageCheck extends Omit<Check, 'run' | 'needs'> {
  readonly needs?: Pick<Needs, 'machine'>;
  readonly run: (context: AnyImageContext) => Promise<CheckOutcome>;
}

/** What a check asks of its surroundings. All of it must be there. */
export interface Needs {
  readonly machine?: readonly MachineFeature[];
  readonly image?: readonly Manifest['image']['kind'][];
  /** Components whose packages or files must be in the image. */
  readonly components?: readonly string[];
}

/** Parts of an image that a manifest tells of. */
export type ImagePart = 'packages' | 'units' | 'files' | 'kernelArguments' | 'budgets' | 'accountsWithPassword';

export interface CheckContext {
  readonly guest: Guest;
  readonly machine: MachineControl;
  /** What may be expected of the image, by its manifest: what its flavour and components asked for. */
  readonly expect: Manifest;
  /** Names of units that the lab itself put into the guest: not the image's doing. */
  readonly injectedUnits: readonly string[];
  /** cgroup of those units below /sys/fs/cgroup. */
  readonly injectedSlice: string;
  /** Kernel memory for the lab's own devices, which no cgroup is charged for. */
  readonly injectedKernelMiB: number;
  /** How long after boot an idle system is measured; when absent, as soon as its memory stands still. */
  readonly idleSeconds?: number;
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
  /** It failed and is known to: that does not make the run fail. */
  readonly quarantine?: { readonly reason: string; readonly tracker: string; readonly expires: string };
  /** Where an expectation asks for it. */
  readonly span?: Span;
  /** It was not asked again: the start of the run (ISO 8601) that had the answer. */
  readonly reusedFrom?: string;
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
