import { bootsAs, installs, type OutputId } from '../outputs/index.ts';
import type { BuildManifest, Manifest, ManifestOutput } from './manifest.ts';

/** The image that an output is, for who boots it; undefined for what no firmware starts by itself. */
export function imageOf({ output, files: [first], volumeId }: ManifestOutput): Manifest['image'] | undefined {
  const kind = bootsAs(output);
  if (kind === undefined || first === undefined) return undefined;
  // Without a script for iPXE its files are for a server's administrator, who writes one.
  if (kind === 'pxe' && !first.file.endsWith('.ipxe')) return undefined;
  return { ...first, kind, ...(volumeId !== undefined && { volumeId }) };
}

/**
 * What is known of one of the images that a build made: of that output, or of the one that the manifest puts first. Undefined
 * where the build made no such output, or one that firmware does not start.
 */
export function manifestFor(built: BuildManifest, output?: OutputId): Manifest | undefined {
  if (output === undefined) return built.image && { ...built, image: built.image };
  const found = built.outputs.find((one) => one.output === output);
  const image = found && imageOf(found);
  return found && image && { ...built, image, inputHash: found.inputHash };
}

/** The first output that starts as a system is the one that `test` and `run` take. */
export function firstImage(outputs: readonly ManifestOutput[]): Manifest['image'] | undefined {
  return outputs
    .filter(({ output }) => !installs(output))
    .map(imageOf)
    .find((image) => image !== undefined);
}
