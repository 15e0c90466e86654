export { holdOpen } from './hold.ts';
export { keptComputer, keptDiskGiB } from './kept-computer.ts';
export { listSessions } from './registry.ts';
export { runMachine } from './run-machine.ts';
export { copyInto, enterShell } from './shell-client.ts';
export { openViewer, viewerFor } from './viewer.ts';
