export { StageCache } from './cache.ts';
export { CacheUse } from './collect.ts';
export type { Execution, ExecutionState, StageOutcome } from './execute.ts';
export { withLock } from './lock.ts';
export { missingStages } from './missing.ts';
export {
  cacheDirectory,
  fillStep,
  type Need,
  outputOf,
  type Plan,
  type Reuse,
  type Stage,
  type Step,
  writeInputTo,
} from './plan.ts';
export { printPlan } from './print.ts';
export type { PackageTotals } from './progress.ts';
export { runPlan } from './run.ts';
