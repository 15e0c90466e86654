/** What the cache holds: what it takes, what is let go of when it becomes too large, and taking it to another machine. */
export { carryIn, carryOut } from './carry.ts';
export { type CacheEntry, type CacheListing, listCache } from './entries.ts';
export { type Pruned, pruneCache } from './prune.ts';
export { byteSize, entriesInText, prunedInText } from './words.ts';
