import { bootProgramsOnDisk } from '../bits/index.ts';
import { makeDirectory } from '../files/index.ts';
import type { Manifest } from '../image/index.ts';
import { type SignedStart, signedStart } from '../secure-boot/index.ts';
import type { TestMachine } from './test-inputs.ts';

/** What the build noted of the image that is tested; undefined in manifests of earlier versions. */
export function ofManifest({ image, outputs }: Pick<Manifest, 'image' | 'outputs'>): SignedStart | undefined {
  return outputs.find(({ files }) => files[0]?.file === image.file)?.secureBoot;
}

/** Who signed what UEFI starts of an image, as the image itself tells; undefined where that cannot be seen, as in a damaged one. */
export async function signedStartOf(
  file: string,
  { runner, toolsRoot, runDir }: Pick<TestMachine, 'runner' | 'toolsRoot' | 'runDir'>,
  signal?: AbortSignal,
): Promise<SignedStart | undefined> {
  makeDirectory(runDir);
  const means = { runner, toolsRoot, scratch: runDir, ...(signal && { signal }) };
  return signedStart(await bootProgramsOnDisk(file, means));
}
