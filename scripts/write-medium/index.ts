export { ownTerminal } from './consent.ts';
export { sudoCommand } from './sudo.ts';
export { writeToDisk } from './write-to-disk.ts';
