import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildManifest, type Manifest, manifestFor } from '../../../scripts/image/index.ts';
import { places } from '../image/phyllome.ts';

/** The medium of a flavour that was built, and what is known of the system on it. */
export function imageToInstall(flavour: string): { readonly iso: string; readonly manifest: Manifest } {
  const directory = path.join(places.out, flavour);
  const built = JSON.parse(readFileSync(path.join(directory, 'manifest.json'), 'utf8')) as BuildManifest;
  const file = built.outputs.find(({ output }) => output === 'installer-iso')?.files[0]?.file;
  const manifest = manifestFor(built, 'live-iso');
  if (file === undefined || manifest === undefined) throw new Error(`${flavour} was built without the two ISOs`);
  return { iso: path.join(directory, file), manifest };
}
