export {
  type Accelerator,
  type AcceleratorChoice,
  fallBack,
  findAccelerator,
  type RequestedAccelerator,
} from './accelerator/index.ts';
export { BootFailed, type BootFailureCode, describeBootFailure } from './boot/boot-failure.ts';
export { type Display, DisplayWatch, type Look } from './boot/display-watch.ts';
export type { LabRun } from './boot/lab-run.ts';
export { type MachineControl, machineControl } from './boot/machine-control.ts';
export { type Milestone, milestoneTitles } from './boot/milestones.ts';
export { startLabRun } from './boot/start-lab-run.ts';
export { waitForBoot } from './boot/wait-for-boot.ts';
export { type Rest, type WaitForRest, waitForRest } from './boot/wait-for-rest.ts';
export { consoleCatalogue } from './console/catalogue.ts';
export type { ConsoleFinding } from './console/scan.ts';
export { type GuestBootTimes, guestBootTimes } from './guest/boot-times.ts';
export { AgentSilent } from './guest/channel.ts';
export { shortestPeriod } from './guest/emulated-guests.ts';
export { type Guest, GuestCommandFailed, GuestWaitFailed } from './guest/guest.ts';
export { injectedUnits, labSlice, portBuffersMiB } from './guest/injected-units.ts';
export { formatJournalEntry, type JournalEntry } from './guest/journal-entry.ts';
export { sharedAt } from './guest/shared-directory.ts';
export { parseProperties, type UnitState } from './guest/unit-state.ts';
export { labCpu } from './machine/cpu.ts';
export { deviceKind, type HandedOverDevice } from './machine/devices.ts';
export { QmpError } from './machine/qmp.ts';
export {
  devicesBehind,
  type Firmware,
  featuresOf,
  isolatedGroups,
  type MachineFeature,
  type Medium,
  type Surroundings,
  type Topology,
} from './machine/topology.ts';
export {
  differingPart,
  type Picture,
  plainLine,
  plainPart,
  type ScreenLine,
  type ScreenRun,
  takeScreenshot,
} from './screen/index.ts';
export {
  copyInto,
  enterShell,
  holdOpen,
  keptComputer,
  keptDiskGiB,
  listSessions,
  openViewer,
  runMachine,
  viewerFor,
} from './session/index.ts';
export {
  chosenTopology,
  defaultTopologyFile,
  loadTopology,
  resolveTopology,
  type TopologyFile,
  topologyNames,
  usualMemoryMiB,
  usualProcessors,
} from './topology/index.ts';
