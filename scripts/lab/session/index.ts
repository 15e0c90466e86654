export { holdOpen } from './hold.ts';
export { listSessions } from './registry.ts';
export { runMachine } from './run-machine.ts';
export { enterShell } from './shell-client.ts';
export { openViewer, type Viewer, viewerFor } from './viewer.ts';
