/** Locks made, moved on and looked after: what `phyllome lock` does. */
export { checkLocks } from './check-locks.ts';
export { makeLocks } from './make-locks.ts';
export { updateLocks } from './update-locks.ts';
