import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Manifest } from '../../scripts/image/index.ts';
import { phyllome, places } from '../e2e/image/phyllome.ts';

/** Builds a flavour; its image, and where the lab's tools are. */
export async function builtFlavour(flavour: string) {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
  const read = (file: string) => JSON.parse(readFileSync(path.join(places.out, flavour, file), 'utf8')) as unknown;
  return {
    toolsRoot: path.join((read('build.json') as { tools: string }).tools, 'root'),
    imageFile: path.join(places.out, flavour, (read('manifest.json') as Manifest).image.file),
    out: places.out,
    cache: places.cache,
  };
}
