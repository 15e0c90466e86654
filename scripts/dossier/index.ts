/** What is in a built system, and what changed between two. */
export { dossierFiles } from './keep.ts';
export { readFacts } from './read-facts.ts';
