/** Where everything in a flavour comes from, and what differs between two. */
export { type Change, type Comparison, changesBetween, compare, isSame, partsIn } from './compare.ts';
export { noFile, type Side, sidesOf } from './compared-side.ts';
export { type EmbeddedFile, filesIn } from './embedded-files.ts';
export { essenceOf } from './essence.ts';
export { changeInWords, inWords, type Notes, partInWords, valueChange } from './in-words.ts';
export { PARTS, type Part, type Profile, profileFrom, profileOf } from './profile.ts';
export { type Said, type Sayers, sayersOf } from './sayers.ts';
export { show } from './show.ts';
export type { Subject } from './subjects.ts';
export { type Explanation, MOST_SHOWN, why } from './why.ts';
