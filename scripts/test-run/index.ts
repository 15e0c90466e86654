export { replayCapsule } from './capsule/replay.ts';
export { writeCapsule } from './capsule/write.ts';
export {
  type Budget,
  hashOfCode,
  inShard,
  type LeftOut,
  loadQuarantine,
  type MachineOutcome,
  type MachinePlan,
  parseShard,
  planForeignMachines,
  planMachines,
  type QuarantineEntry,
  RememberedVerdicts,
  runScenarios,
  type Shard,
  usualBudget,
} from './schedule/index.ts';
export { type HeldTest, testAndHold } from './test-and-hold.ts';
export { type ForeignImage, testForeignImage } from './test-foreign-image.ts';
export { testImage } from './test-image.ts';
export type { LabMeans, TestedImage, TestMachine, TestPolicy, TestProgress, WantedHardware } from './test-inputs.ts';
export { nameOf, type TestRun, type Timings } from './test-run.ts';
