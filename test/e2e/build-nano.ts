import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Manifest } from '../../scripts/image/index.ts';
import { phyllome, places } from './image/phyllome.ts';

/**
 * Before all: the small image, also as it is for the lab's computer, and the tools tree, by the command that a user would
 * type. Machines boot them; they are built before anything else is, as other tests take stages out of the cache.
 */
export default async function buildNano(): Promise<void> {
  for (const args of [['nano'], ['nano', '--hardware', 'lab']]) {
    const { exitCode, stderr } = await phyllome(['build', ...args]);
    if (exitCode !== 0) throw new Error(`phyllome build ${args.join(' ')} failed:\n${stderr}`);
  }
  const read = (file: string) => JSON.parse(readFileSync(path.join(places.out, 'nano', file), 'utf8')) as unknown;
  process.env.PHYLLOME_TOOLS_TREE = path.join((read('build.json') as { tools: string }).tools, 'root');
  process.env.PHYLLOME_TEST_IMAGE = path.join(places.out, 'nano', (read('manifest.json') as Manifest).image.file);
}
