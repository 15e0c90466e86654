import type { Parameters, Values } from '../../command-line/index.ts';
import type { Context } from '../../context/index.ts';
import type { Span } from '../../diagnostic/index.ts';
import type { ResolvedBase } from '../../flavour/index.ts';
import type { ExecutionState, Plan, PlanRequest } from '../../plan/index.ts';
import type { Prepared } from '../../prepare/index.ts';
import type { Purpose } from '../../render/index.ts';

/** What is known of an engine without its code: help, completion, the choice of an engine and refusals need no more. */
export interface EngineLeaf {
  /** The word for `--engine`. Kebab-case. */
  readonly id: string;
  /** What it makes, in words. */
  readonly makes: string;
  /** What it needs of the computer that it runs on, in words. */
  readonly needs: string;
  /** What it can make. One that may be asked for others than the first has the option `output`. */
  readonly outputs: readonly [EngineOutput, ...EngineOutput[]];
  /** It makes several outputs in one run, of what they have in common. */
  readonly makesSeveral?: true;
  /** Of the same inputs it makes the same bits. */
  readonly makesSameBits?: true;
  /** An installer fetches packages late: whether the base's repositories have what is named is asked before it starts. */
  readonly asksRepositories?: true;
  /** The families of bases that it builds when nobody names an engine. */
  readonly usualFor: readonly ResolvedBase['family'][];
  /** The options that it uses. One that other engines use too is the same value: see `options.ts`. */
  readonly options: Parameters;
  readonly load: () => Promise<Engine>;
}

export interface EngineOutput {
  /** The word for `--output`. */
  readonly id: string;
  readonly summary: string;
  /** What the kickstart is rendered for. */
  readonly purpose: Purpose;
}

/** An output that was asked for. */
export interface AskedOutput extends EngineOutput {
  /** Where the flavour asks for it; absent where the command line does. */
  readonly at?: Span;
}

/** What an engine is asked to do. */
export interface Job {
  /** As it was named. */
  readonly flavour: string;
  readonly prepared: Prepared;
  /** All of one purpose. Empty where nobody says: then it is what this kickstart is for, and else the engine's first. */
  readonly outputs: readonly AskedOutput[];
  /** The values of options that the engine declares. */
  readonly options: <P extends Parameters>(declared: P) => Values<P>;
  /** The plan is only printed: what this computer lacks does not matter. */
  readonly isDryRun: boolean;
  /** Absolute; made by whoever writes there first. */
  readonly logDirectory: string;
  readonly host: Context;
}

/**
 * Makes images of a rendered kickstart. What `check` answers is the engine's own: everything that the other three need.
 * Findings in the kickstart are told at its lines; whoever calls adds the source that they were rendered from.
 */
export interface Engine<Checked = unknown> {
  /**
   * Looks at the kickstart, the computer and what else is given, before anything is made. Tells warnings by itself.
   * @throws ReportedError with everything that this engine would stop at
   * @throws EnvironmentError when it cannot run here, UsageError
   */
  check(job: Job): Promise<Checked>;
  /** Everything that will be done. Pure. */
  plan(checked: Checked): Plan;
  /** What the executor must know to run that plan. */
  run(checked: Checked): Omit<PlanRequest, 'logDirectory'>;
  /**
   * Puts what was made into the build directory, with all that is known of it.
   * @throws ReportedError when it is not what was asked for, Interrupted
   */
  publish(checked: Checked, state: ExecutionState): Promise<readonly PublishedImage[]>;
  /** Of an engine that makes the same bits again: which step wrote what lies at a place of a published file. */
  writtenBy?(place: WrittenPlace): Writer | undefined;
  /** For `phyllome doctor`: whether it can work on this computer; one judgement for each way in which it can run. */
  judge?(host: Context): Promise<readonly Judgement[]>;
}

/** A place in a published file at which two builds differ. */
export interface WrittenPlace {
  /** The output that the file is of. */
  readonly output: string;
  /** From the file's name inwards, as `bits` tells it. */
  readonly where: readonly string[];
  /** It is in what a file holds, and not in what is said of it. */
  readonly isContent?: boolean;
  /** What kind of data it is: `time stamp`, `content` … */
  readonly kind: string;
}

/** A stage of the plan, and a step of it. */
export interface Writer {
  readonly stage: string;
  readonly step?: string;
  /** A path of the root tree: packages or configuration wrote it, as the dossier tells. */
  readonly path?: string;
}

export interface Judgement {
  /** `direct engine` */
  readonly what: string;
  /** Why it cannot work here; absent where it can. */
  readonly obstacle?: string;
  /** What would change that. */
  readonly advice?: string;
}

export interface PublishedImage {
  /** Absolute. */
  readonly file: string;
  /** What is worth knowing of it at once: size, packages, dangers. */
  readonly summary?: string;
  /** It installs the flavour, which it carries, or fetches: it is no image of it that could be tested. */
  readonly installs?: 'offline' | 'from the network';
}
