import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../diagnostic/index.ts';
import { type Execution, type ExecutionState, knownDirectories, type StageOutcome } from './execution.ts';
import { inputHash, stageKey } from './key.ts';
import { withLock } from './lock.ts';
import { type CachedStage, fillIn } from './plan.ts';
import { runStep } from './run-step.ts';

/**
 * Finds the stage's output in the cache or makes it. `onProgress` gets short texts ("Installing packages: unpacking 12/365 libc6").
 * @throws ReportedError when a step fails, EnvironmentError when `offline` and the output needs the network
 */
export async function executeStage(
  stage: CachedStage,
  state: ExecutionState,
  execution: Execution,
  onProgress: (text: string) => void,
): Promise<StageOutcome> {
  const started = Date.now();
  const known = knownDirectories(state, execution);
  const fill = (text: string) => fillIn(text, known);
  const key = stageKey(stage, state.keys, known);
  state.keys.set(stage.id, key);
  state.inputHashes.set(stage.id, inputHash(stage, state.inputHashes, known));
  const done = (directory: string, reused: boolean): StageOutcome => {
    state.directories.set(stage.id, directory);
    const outcome = { id: stage.id, key, reused, milliseconds: Date.now() - started };
    state.outcomes.push(outcome);
    return outcome;
  };

  const found = execution.cache.find(stage, key, fill, execution);
  if (found !== undefined) return done(found, true);

  const lock = path.join(execution.cache.locks, `${stage.id}-${key}`);
  const onWait = (pid: number) => onProgress(`waiting for process ${pid}, which is making the same`);
  return withLock(lock, { ...(execution.signal && { signal: execution.signal }), onWait }, async () => {
    const madeMeanwhile = execution.cache.find(stage, key, fill, execution);
    if (madeMeanwhile !== undefined) return done(madeMeanwhile, true);
    const directory = await make(stage, key, state, execution, onProgress);
    return done(directory, false);
  });
}

async function make(
  stage: CachedStage,
  key: string,
  state: ExecutionState,
  execution: Execution,
  onProgress: (text: string) => void,
): Promise<string> {
  const temporary = execution.cache.begin(stage);
  // What the steps ran and printed when the stage was last made.
  const logFile = path.join(execution.logDirectory, `${stage.id}.log`);
  rmSync(logFile, { force: true });
  const directories = knownDirectories(state, execution).set(stage.id, temporary);
  try {
    for (const step of stage.steps) {
      if (execution.offline && step.needs.includes('network')) throw offlineError(stage);
      onProgress(step.title);
      const warnings = await runStep(step, { directories, logFile }, execution, (text) =>
        onProgress(`${step.title}: ${text}`),
      );
      state.warnings.push(...warnings);
    }
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

function offlineError(stage: CachedStage): EnvironmentError {
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
