import type { Declaration } from '../command-line/index.ts';
import { verbs } from './verbs.ts';

/** What help, completion and README tell of all verbs. `ci/bundle.mjs` puts in this file's place the declarations alone, without the verbs' code. */
export async function declarations(): Promise<readonly Declaration[]> {
  const loaded = await Promise.all(Object.values(verbs).map((load) => load()));
  return loaded.map(({ declaration }) => declaration);
}
