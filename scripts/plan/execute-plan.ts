import { rmSync } from 'node:fs';
import { makeDirectory } from '../files/index.ts';
import { checkCachePlace, checkDiskSpace, checkNamespaces, checkPrograms } from '../host/index.ts';
import { privilegeOf, removalOf } from '../process/index.ts';
import { StageCache } from './cache.ts';
import { cleanLeftovers } from './clean-leftovers.ts';
import { CacheUse } from './collect.ts';
import { type Execution, type ExecutionState, newState, type PlanHost } from './execution.ts';
import { missingStages } from './missing.ts';
import { isCached, type Plan } from './plan.ts';
import { runPlan } from './run.ts';
import { workDirectoryFor } from './work-directory.ts';

/** What whoever made a plan must say besides, so that it can be run and followed. */
export interface RunKnowledge {
  /** What a failed step means, in its user's words; undefined where its last output tells most. */
  readonly explain?: Execution['explain'];
  readonly packageTotals?: Execution['packageTotals'];
  /** Who watches steps that go on for long. */
  readonly watch?: Execution['watch'];
}

export interface PlanRequest extends RunKnowledge {
  /** Under this name the cache remembers what is in use: the outputs of its last two runs stay. */
  readonly rememberedAs: string;
  /** One log a stage. Made when it is not there. */
  readonly logDirectory: string;
  /** Use what is in the cache only. */
  readonly offline?: boolean | undefined;
  /** Fetch package indexes although they are not old. */
  readonly refresh?: boolean | undefined;
}

/**
 * Runs a plan on this computer: checks what it lacks, removes what killed runs left, runs all stages, and lets go of cached
 * outputs that nobody uses any more. `take` gets the outputs, and takes what it wants out of the run's own directory: that is
 * gone afterwards.
 * @throws EnvironmentError before anything is made, when this computer lacks what the missing stages need
 * @throws ReportedError when a step fails, Interrupted
 */
export async function executePlan<T>(
  plan: Plan,
  request: PlanRequest,
  host: PlanHost,
  take: (state: ExecutionState) => T | Promise<T>,
): Promise<T> {
  checkCachePlace(host.places.cache);
  const cache = new StageCache(host.places.cache);
  await checkHost(plan, cache, request, host);
  if (plan.work !== undefined) await cleanLeftovers(host);
  // There also when everything comes from the cache: then no stage has a log of its own here.
  makeDirectory(request.logDirectory);
  const workDirectory = workDirectoryFor(cache.root);
  const execution = executionOf(request, cache, host, workDirectory);
  const use = new CacheUse(cache.root);
  use.begin();
  try {
    await use.sweep(cache, execution);
    const state = await made(plan, execution, request.rememberedAs, use);
    const taken = await take(state);
    await use.sweep(cache, execution);
    return taken;
  } finally {
    use.end();
    if (plan.work !== undefined) rmSync(workDirectory, { recursive: true, force: true });
  }
}

function executionOf(
  request: PlanRequest,
  cache: StageCache,
  { runner, signal }: PlanHost,
  workDirectory: string,
): Execution {
  const { watch } = request;
  return {
    runner,
    signal,
    cache,
    workDirectory,
    logDirectory: request.logDirectory,
    removeArgv: removalOf,
    offline: request.offline === true,
    refresh: request.refresh === true,
    packageTotals: request.packageTotals ?? (() => undefined),
    explain: request.explain ?? (() => undefined),
    ...(watch && { watch }),
  };
}

/** Runs the stages and remembers their outputs: where one fails or is interrupted, those before it, for the next try. */
async function made(plan: Plan, execution: Execution, name: string, use: CacheUse): Promise<ExecutionState> {
  const state = newState();
  // The run's own directory is nobody's later.
  const outputs = () => plan.stages.filter(isCached).flatMap(({ id }) => state.directories.get(id) ?? []);
  try {
    await runPlan(plan, execution, state);
  } catch (error) {
    if (outputs().length > 0) use.rememberTry(name, outputs());
    throw error;
  }
  if (outputs().length > 0) use.remember(name, outputs());
  return state;
}

async function checkHost(plan: Plan, cache: StageCache, request: PlanRequest, host: PlanHost): Promise<void> {
  const stages = missingStages(plan, cache, request.offline === true);
  const isCachedPlan = plan.stages.some(isCached);
  if (!isCachedPlan || (stages.length === 0 && request.refresh !== true)) return;
  const privilege = privilegeOf();
  checkPrograms({ root: privilege === 'root', makesToolsTree: stages.some((stage) => stage.id === 'tools') });
  checkDiskSpace(
    host.places.cache,
    stages.reduce((sum, stage) => sum + stage.estimatedBytes, 0),
  );
  await checkNamespaces(host.runner, privilege);
}
