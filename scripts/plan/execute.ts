import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, EnvironmentError, ReportedError } from '../diagnostic/index.ts';
import { CommandFailed, type Runner } from '../process/index.ts';
import type { StageCache } from './cache.ts';
import { stageKey } from './key.ts';
import { withLock } from './lock.ts';
import { fillIn, type Stage, type Step } from './plan.ts';
import { type PackageTotals, progressReader } from './progress.ts';

/** What the executor needs besides the plan. */
export interface Execution {
  readonly runner: Runner;
  readonly cache: StageCache;
  /** One log file a stage. Must be there. */
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
  readonly explain: (step: Step, failure: CommandFailed) => Diagnostic | undefined;
}

/** What is known so far; grows from stage to stage. */
export interface ExecutionState {
  readonly keys: Map<string, string>;
  readonly directories: Map<string, string>;
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
  return { keys: new Map(), directories: new Map(), outcomes: [], warnings: [] };
}

/**
 * Finds the stage's output in the cache or makes it. `onProgress` gets short texts ("unpacking 12/365 libc6").
 * @throws ReportedError when a step fails, EnvironmentError when `offline` and the output needs the network
 */
export async function executeStage(
  stage: Stage,
  state: ExecutionState,
  execution: Execution,
  onProgress: (text: string) => void,
): Promise<StageOutcome> {
  const started = Date.now();
  const fill = (text: string) => fillIn(text, known(state, execution));
  const key = stageKey(stage, state.keys, known(state, execution));
  state.keys.set(stage.id, key);
  const done = (directory: string, reused: boolean): StageOutcome => {
    state.directories.set(stage.id, directory);
    const outcome = { id: stage.id, key, reused, milliseconds: Date.now() - started };
    state.outcomes.push(outcome);
    return outcome;
  };

  const found = execution.cache.find(stage, key, fill, execution);
  if (found !== undefined) return done(found, true);

  const lock = path.join(execution.cache.root, 'locks', `${stage.id}-${key}`);
  const onWait = (pid: number) => onProgress(`waiting for process ${pid}, which is making the same`);
  return withLock(lock, { ...(execution.signal && { signal: execution.signal }), onWait }, async () => {
    const madeMeanwhile = execution.cache.find(stage, key, fill, execution);
    if (madeMeanwhile !== undefined) return done(madeMeanwhile, true);
    const directory = await make(stage, key, state, execution, onProgress);
    return done(directory, false);
  });
}

/** What `${…}` may stand for now. */
function known(state: ExecutionState, execution: Execution): Map<string, string> {
  return new Map(state.directories).set('cache', execution.cache.root);
}

async function make(
  stage: Stage,
  key: string,
  state: ExecutionState,
  execution: Execution,
  onProgress: (text: string) => void,
): Promise<string> {
  const temporary = execution.cache.begin(stage);
  rmSync(logFileOf(stage, execution), { force: true });
  const directories = known(state, execution).set(stage.id, temporary);
  try {
    for (const step of stage.steps) await runStep(stage, step, directories, state, execution, onProgress);
    const remembered = execution.cache.describe(stage, temporary, (text) => fillIn(text, directories));
    if (remembered) writeFileSync(path.join(temporary, remembered.name), remembered.content);
  } catch (error) {
    await remove([temporary], execution);
    throw error;
  }
  const { directory, replaced } = execution.cache.finish(stage, key, temporary);
  if (replaced !== undefined) await remove([replaced], execution);
  return directory;
}

async function runStep(
  stage: Stage,
  step: Step,
  directories: ReadonlyMap<string, string>,
  state: ExecutionState,
  execution: Execution,
  onProgress: (text: string) => void,
): Promise<void> {
  if (execution.offline && step.needs.includes('network')) throw offlineError(stage);
  const logFile = logFileOf(stage, execution);
  appendFileSync(logFile, `# ${step.title}\n`);
  const read = progressReader(step.progress, execution.packageTotals(directories));
  onProgress(step.title);
  const [program, ...rest] = step.argv.map((word) => fillIn(word, directories));
  try {
    await execution.runner.run(
      {
        argv: [program ?? '', ...rest],
        ...(step.stdin !== undefined && { stdin: step.stdin }),
        env: { ...step.env, ...(execution.offline && { PHYLLOME_OFFLINE: '1' }) },
      },
      {
        logFile,
        ...(execution.signal && { signal: execution.signal }),
        onLine: (line) => {
          const text = read(line);
          if (text !== undefined) onProgress(`${step.title}: ${text}`);
        },
      },
    );
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const diagnostic = describeFailure(stage, step, error, execution);
    if (step.onFailure !== 'warn') throw new ReportedError(diagnostic);
    state.warnings.push({ ...diagnostic, severity: 'warning' });
  }
}

function describeFailure(stage: Stage, step: Step, failure: CommandFailed, execution: Execution): Diagnostic {
  const explained = execution.explain(step, failure);
  const original = failure.diagnostics[0];
  const base: Diagnostic = explained ?? {
    code: 'step-failed',
    severity: 'error',
    message: `${step.title}: ${original?.message ?? 'failed'}`,
    ...(original?.hint !== undefined && { hint: original.hint }),
  };
  return {
    ...base,
    ...(step.origin && base.span === undefined && { span: step.origin }),
    hint: [base.hint, `log: ${logFileOf(stage, execution)}`].filter((text) => text !== undefined).join('\n'),
  };
}

/** What the stage's steps ran and printed when it was last made. */
function logFileOf(stage: Stage, execution: Execution): string {
  return path.join(execution.logDirectory, `${stage.id}.log`);
}

function offlineError(stage: Stage): EnvironmentError {
  return new EnvironmentError({
    code: 'offline',
    severity: 'error',
    message: `${stage.title} needs the network, and --offline was given`,
    hint: '--offline works from a filled cache: run the same build once without it.',
  });
}

/** Removes directories of ours, whoever owns the files in them. */
export async function remove(
  directories: readonly string[],
  execution: Pick<Execution, 'runner' | 'removeArgv'>,
): Promise<void> {
  const existing = directories.filter((directory) => existsSync(directory));
  if (existing.length > 0) await execution.runner.run({ argv: execution.removeArgv(existing) });
}
