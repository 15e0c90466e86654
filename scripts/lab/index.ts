export { type AcceleratorChoice, findAccelerator, type RequestedAccelerator } from './accelerator/index.ts';
export { milestoneTitles } from './boot/milestones.ts';
export { plainText } from './console/plain-text.ts';
export type { ConsoleFinding } from './console/scan.ts';
export { labCpu } from './machine/cpu.ts';
export type { Firmware } from './machine/topology.ts';
export type { ScreenLine, ScreenRun } from './screen/index.ts';
export { enterShell, listSessions, runMachine } from './session/index.ts';
export { defaultTopologyFile, loadTopology, type TopologyFile } from './topology/index.ts';
