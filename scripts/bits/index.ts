/** Where two files differ that should be the same bit for bit: which file in which layer, what kind of data, and what stands there. */
export { bootProgramsOn, bootProgramsOnDisk } from './boot-programs.ts';
export { compareSources, type Difference } from './compare.ts';
export { copyFromDisk, UnreadableDisk } from './disk-files.ts';
export { withMeans } from './means.ts';
export { fileSource } from './source.ts';
export { differencesInWords } from './words.ts';
