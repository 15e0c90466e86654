import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Where one run of the tests keeps the bundle of the command line; the set-up names it. */
const shared = path.join(process.env.PHYLLOME_TEST_BUNDLES ?? '', 'cli');

/** An empty cache directory, but for the bundle of the command line: making one takes longer than most of what it does. */
export function cacheWithBundle(cache: string): string {
  mkdirSync(shared, { recursive: true });
  mkdirSync(cache, { recursive: true });
  symlinkSync(shared, path.join(cache, 'cli'));
  return cache;
}
