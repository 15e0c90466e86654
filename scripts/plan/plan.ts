import type { Span } from '../diagnostic/index.ts';

/**
 * An engine's whole work as a plain value: it can be printed (`--dry-run`), compared in a test, hashed and run.
 * Text in `argv` and `key.files` may hold `${stage}`: the directory of that stage's output, or of the run's work.
 */
export interface Plan {
  readonly name: string;
  /** In order; a stage refers only to stages before it. */
  readonly stages: readonly Stage[];
  /** Where the stages work that no cache keeps; there when a plan has such stages. */
  readonly work?: WorkPlace;
}

export type Stage = CachedStage | WorkStage;

interface NamedSteps {
  /** Kebab-case, unique in its plan. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Steps that together make one directory of output, which is kept in the cache: later text names it `${id}`. */
export interface CachedStage extends NamedSteps {
  readonly key: KeyInputs;
  readonly reuse: Reuse;
  /** What the output is expected to take on disk, in bytes, for the check before work starts. */
  readonly estimatedBytes: number;
}

/** Steps that are done anew in every run, in a directory that all of them share and that is gone with the run. */
export interface WorkStage extends NamedSteps {
  /**
   * `in-order`: when all before went well. `after-failure-too`: once the stage before it was begun, also when that failed
   * (collecting logs). `always`: at the very end, whatever happened, Ctrl-C included (cleaning up). What the last two find
   * nothing to do for may fail: that changes nothing.
   */
  readonly runs: 'in-order' | 'after-failure-too' | 'always';
}

/** The directory that the work stages of one run share. */
export interface WorkPlace {
  /** Commands name the directory `${name}`; all steps are logged in `<name>.log`. */
  readonly name: string;
  /** Runs with the same lock would be in each other's way on one machine: they wait for each other. */
  readonly lock?: string;
}

export function isCached(stage: Stage): stage is CachedStage {
  return 'key' in stage;
}

/** Everything that decides a stage's output. The key is a hash over all of it. */
export interface KeyInputs {
  readonly values: readonly string[];
  /** Stages whose keys are part of this key. */
  readonly stages: readonly string[];
  /** Files whose content is part of the key. They exist once the stages before are done. */
  readonly files: readonly string[];
}

/**
 * When an earlier output may stand for a new run:
 * `always` when the key is the same; `for` a time only (package indexes);
 * `if-unseen`: when the key is the same and none of the files that the output was found to contain
 * (`contents`, one path a line) differs in the `changes` list (lines `PATH TAB STATE`).
 */
export type Reuse =
  | { readonly kind: 'always' }
  | { readonly kind: 'for'; readonly milliseconds: number }
  | { readonly kind: 'if-unseen'; readonly contents: string; readonly changes: string };

export interface Step {
  /** Kebab-case, unique in its stage. */
  readonly id: string;
  readonly title: string;
  readonly argv: readonly [string, ...string[]];
  readonly stdin?: string;
  /** The standard input holds a password or its hash: it is never printed. */
  readonly secret?: boolean;
  /** A file that holds the same as `stdin`: a printed plan names it in the place of a text that is long, or secret. */
  readonly stdinFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly needs: readonly Need[];
  /** How the program's output lines tell how far it is. */
  readonly progress?: ProgressKind;
  /** The kickstart line that asked for this step. A failure is reported there. */
  readonly origin?: Span;
  /** `warn`: a failure is reported and the plan goes on (a script without --erroronfail). Default `stop`. */
  readonly onFailure?: 'stop' | 'warn';
  /** It goes on for long and tells of phases: somebody who knows its words watches it (see `Execution.watch`). */
  readonly watched?: true;
}

export type Need = 'network' | 'namespaces' | 'root' | 'loop-devices';

export type ProgressKind = 'apt-download' | 'dpkg' | 'percentage';

/** The text that stands for the cache directory in a plan, so that a cache may be moved. */
export const cacheDirectory = outputOf('cache');

/** The text that stands for the output directory of `stage` in a plan. */
export function outputOf(stage: string): string {
  return `\${${stage}}`;
}

/** Replaces every `${stage}` by that stage's directory. Unknown names are left as they are (shell variables). */
export function fillIn(text: string, directories: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([a-z][a-z0-9-]*)\}/g, (token, stage: string) => directories.get(stage) ?? token);
}

/** The step with every `${stage}` of its command replaced. */
export function fillStep(step: Step, directories: ReadonlyMap<string, string>): Step {
  const [program, ...rest] = step.argv.map((word) => fillIn(word, directories));
  return { ...step, argv: [program ?? '', ...rest] };
}

/** The command of a step that writes its standard input to `file`. */
export function writeInputTo(file: string): readonly [string, ...string[]] {
  return ['sh', '-euc', 'umask 022; mkdir -p "$(dirname "$0")"; cat > "$0"', file];
}
