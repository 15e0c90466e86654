export { displayCommand, quoteForShell } from './display.ts';
export { CommandFailed, CommandNotFound, describeEnd, lastLines } from './failure.ts';
export { type ImageRootAccess, inImageRoot } from './image-root.ts';
export { LineSplitter } from './line-splitter.ts';
export { inNamespaces, type Layers, type Privilege, privilegeOf, withLayers } from './namespaces.ts';
export { RecordingRunner } from './recording-runner.ts';
export type { Command, Completed, Runner, RunningProcess, RunOptions } from './runner.ts';
export { SystemRunner } from './system-runner.ts';
export { type Access, inToolsTree } from './tools-tree.ts';
