export type { AcceleratorChoice, RequestedAccelerator } from './accelerator/index.ts';
export { milestoneTitles } from './boot/milestones.ts';
export type { ConsoleFinding } from './console/scan.ts';
export type { Firmware } from './machine/topology.ts';
export type { ScreenLine, ScreenRun } from './screen/index.ts';
export { type TestOptions, type TestProgress, testImage } from './test-image.ts';
export type { TestRun, Timings } from './test-run.ts';
export { loadTopology, type TopologyFile } from './topology/index.ts';
