import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Manifest } from '../../scripts/image/index.ts';
import { phyllome, places } from './image/phyllome.ts';

/** Before all: the small image and the tools tree, by the command that a user would type. The lab's tests boot it. */
export default async function buildNano(): Promise<void> {
  const { exitCode, stderr } = await phyllome(['build', 'nano']);
  if (exitCode !== 0) throw new Error(`phyllome build nano failed:\n${stderr}`);
  const read = (file: string) => JSON.parse(readFileSync(path.join(places.out, 'nano', file), 'utf8')) as unknown;
  process.env.PHYLLOME_TOOLS_TREE = path.join((read('build.json') as { tools: string }).tools, 'root');
  process.env.PHYLLOME_TEST_IMAGE = path.join(places.out, 'nano', (read('manifest.json') as Manifest).image.file);
}
