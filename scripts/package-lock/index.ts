/** Locks: the exact packages that a flavour is made of on a base, as a file that is committed. */
export { archiveName, listLines } from './archive-name.ts';
export { differenceInWords } from './difference.ts';
export { misfits, updateHint } from './fits.ts';
export type { LockedPackage, LockFile, LockIndex, LockRequest, LockTools } from './lock-file.ts';
export { allLocked, type Locked, type LockPlace, lockedAs, lockPlace } from './lock-place.ts';
export { lockText } from './lock-text.ts';
export { readLock } from './read-lock.ts';
