/** A computer as a host: its description, what can be handed to guests, and a profile of it. */
export { roommates } from './cards.ts';
export type { Dump, DumpedDisk } from './dump.ts';
export { verdictInWords } from './in-words.ts';
export { knownComputers, profileFor, unexpectedGroups } from './known-computers.ts';
export { profileInWords } from './profile-verdict.ts';
export { readDump, readProbe } from './read-dump.ts';
export { isAt, isSameComputer, type KnownComputer } from './same-computer.ts';
export { startingProfile } from './starting-profile.ts';
export { judge, type Verdict } from './verdict.ts';
