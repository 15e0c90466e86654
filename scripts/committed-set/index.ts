/** What is committed of the rendered set: a checksum of every kickstart, what it says in summaries, and a few whole. */
export { differencesFrom } from './differences.ts';
export { holdsSet, readFolder, writeFolder } from './folder.ts';
export type { Rendered } from './record.ts';
export { type RenderAllOptions, renderAll } from './render-all.ts';
export { purposesOf } from './specimens.ts';
export { type FreshSet, writeSet } from './write-set.ts';
