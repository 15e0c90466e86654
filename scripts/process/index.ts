export { displayCommand, quoteForShell } from '../diagnostic/index.ts';
export { CommandFailed, CommandNotFound, describeEnd, lastLines } from './failure.ts';
export { terminatorFor } from './here-document.ts';
export { type ImageRootAccess, inImageRoot } from './image-root.ts';
export { LineSplitter } from './line-splitter.ts';
export {
  asRootGivesIt,
  inNamespaces,
  type Layers,
  type Privilege,
  privilegeOf,
  removalOf,
  withLayers,
} from './namespaces.ts';
export { plainText } from './plain-text.ts';
export { isAlive, markOf, pidOf } from './process-mark.ts';
export { qemuOptionValue } from './qemu-option.ts';
export { RecordingRunner } from './recording-runner.ts';
export type { Command, Completed, Runner, RunningProcess, RunOptions } from './runner.ts';
export { SystemRunner } from './system-runner.ts';
export { type Access, inToolsTree } from './tools-tree.ts';
