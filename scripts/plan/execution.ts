import type { ListrTask } from 'listr2';
import type { Diagnostic } from '../diagnostic/index.ts';
import type { Places } from '../places/index.ts';
import type { CommandFailed, Runner } from '../process/index.ts';
import type { StageCache } from './cache.ts';
import type { Step } from './plan.ts';
import type { PackageTotals } from './progress.ts';
import type { Watch } from './watch/watch.ts';

/** The computer that runs a plan. */
export interface PlanHost {
  readonly places: Pick<Places, 'cache'>;
  readonly runner: Runner;
  readonly signal: AbortSignal;
}

/** What the executor needs besides the plan. */
export interface Execution {
  readonly runner: Runner;
  readonly cache: StageCache;
  /** One log file a stage, and one for the work of a run. Must be there. */
  readonly logDirectory: string;
  /** The command that removes directories whose files may belong to subordinate users. */
  readonly removeArgv: (directories: readonly string[]) => readonly [string, ...string[]];
  /** Use cached packages and indexes only. */
  readonly offline: boolean;
  /** Renew what is reused for a time only, although its time is not over. */
  readonly refresh: boolean;
  readonly signal?: AbortSignal;
  /** Known once the package list is resolved. */
  readonly packageTotals: (directories: ReadonlyMap<string, string>) => PackageTotals | undefined;
  /** Turns a failed step into what its user should know; the step's last output is shown when it answers nothing. */
  readonly explain: (step: Step, failure: CommandFailed) => Diagnostic | readonly Diagnostic[] | undefined;
  /** The directory of the run's work: absolute; made when the first such stage begins, removed by whoever takes the result. */
  readonly workDirectory?: string;
  /** Who watches a step that says it is `watched`. */
  readonly watch?: (step: Step) => Watch;
  /** How tasks are shown; as a list when absent. */
  readonly show?: (tasks: ListrTask[]) => { run(): Promise<unknown> };
}

/** What is known so far; grows from stage to stage. */
export interface ExecutionState {
  readonly keys: Map<string, string>;
  /** Stage → the hash of its inputs, which is the same whoever builds. */
  readonly inputHashes: Map<string, string>;
  /** Stage → its output; the name of the plan's work place → the directory of the run's work. */
  readonly directories: Map<string, string>;
  /** Of cached stages. */
  readonly outcomes: StageOutcome[];
  readonly warnings: Diagnostic[];
}

export interface StageOutcome {
  readonly id: string;
  readonly key: string;
  readonly reused: boolean;
  readonly milliseconds: number;
}

export function newState(): ExecutionState {
  return { keys: new Map(), inputHashes: new Map(), directories: new Map(), outcomes: [], warnings: [] };
}

/** What `${…}` may stand for now. */
export function knownDirectories(state: ExecutionState, execution: Pick<Execution, 'cache'>): Map<string, string> {
  return new Map(state.directories).set('cache', execution.cache.root);
}
