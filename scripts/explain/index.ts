/** Where everything in a flavour comes from, and what differs between two. */
export { type Comparison, compare, isSame } from './compare.ts';
export { inWords } from './in-words.ts';
export { type Part, type Profile, profileOf } from './profile.ts';
export { saidAt } from './said-at.ts';
export { show } from './show.ts';
export type { Subject } from './subjects.ts';
export { type Explanation, why } from './why.ts';
