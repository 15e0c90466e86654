export { type Budget, usualBudget } from './budget.ts';
export { type LeftOut, type MachinePlan, planMachines } from './plan-machines.ts';
export { loadQuarantine } from './quarantine.ts';
export type { QuarantineEntry } from './quarantine-file.ts';
export { type MachineOutcome, runScenarios } from './run-scenarios.ts';
export { inShard, parseShard } from './shard.ts';
export { hashOfCode, Verdicts } from './verdicts.ts';
