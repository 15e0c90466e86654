export { listSessions } from './registry.ts';
export { runMachine } from './run-machine.ts';
export { enterShell } from './shell-client.ts';
export { type HeldTest, testAndHold } from './test-and-hold.ts';
