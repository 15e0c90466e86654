export { type Candidate, completionOf, type Named } from './candidates.ts';
export { completionScripts, shells } from './scripts.ts';
