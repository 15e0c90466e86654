export { StageCache } from './cache.ts';
export { cachedOutput } from './cached-output.ts';
export { cleanLeftovers } from './clean-leftovers.ts';
export { CacheUse, type UseList } from './collect.ts';
export { executePlan, type PlanRequest, type RunKnowledge } from './execute-plan.ts';
export type { Execution, ExecutionState, PlanHost, StageOutcome } from './execution.ts';
export {
  type CachedStage,
  cacheDirectory,
  type Need,
  outputOf,
  type Plan,
  type Reuse,
  type Stage,
  type Step,
  type WorkStage,
  writeInputTo,
} from './plan.ts';
export { printPlan } from './print.ts';
export type { PackageTotals } from './progress.ts';
export { runPlan } from './run.ts';
export { LearnedTimes } from './watch/learned-times.ts';
export { type Phase, PhaseBoard } from './watch/phase-board.ts';
export { tookBefore } from './watch/phase-tasks.ts';
export type { Watch, WatchedEnd } from './watch/watch.ts';
export { findLeftovers, workDirectoryFor, workRoot } from './work-directory.ts';
