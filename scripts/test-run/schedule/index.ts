export { type Budget, usualBudget } from './budget.ts';
export { hashOfCode } from './hash-of-code.ts';
export { type ForeignMachinePlan, planForeignMachines } from './plan-foreign.ts';
export { type LeftOut, type MachinePlan, planMachines } from './plan-machines.ts';
export { loadQuarantine } from './quarantine.ts';
export type { QuarantineEntry } from './quarantine-file.ts';
export { RememberedVerdicts } from './remembered-verdicts.ts';
export { type MachineOutcome, runScenarios } from './run-scenarios.ts';
export { inShard, parseShard, type Shard } from './shard.ts';
