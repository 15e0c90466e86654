import type { AskedImage } from './asked-image.ts';
import type { Manifest, UnknownPart } from './manifest.ts';

/** An image that Fedora's installer made, and what is known about it. */
export interface InstalledImage extends AskedImage {
  /** Of a live ISO. */
  readonly volumeId?: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Undefined where the installer's logs did not tell. */
  readonly packages: Manifest['packages'] | undefined;
}

/**
 * The manifest of an image that was made outside this program: what was asked for is known, what is in the tree only as far
 * as the installer told. Everything that a mirror held on that day went in, so that the image itself is the hash of its inputs.
 */
export function manifestOfInstalled(image: InstalledImage): Manifest {
  const { kind, packages, map } = image;
  const unknown: readonly UnknownPart[] = [...(packages ? [] : (['packages'] as const)), 'units', 'files', 'sizes'];
  return {
    schema: 1,
    unknown,
    flavour: image.flavour,
    base: image.base,
    inputHash: image.sha256,
    image: {
      file: image.fileName,
      kind,
      ...(image.volumeId !== undefined && { volumeId: image.volumeId }),
      sizeBytes: image.sizeBytes,
      sha256: image.sha256,
    },
    kernelArguments: image.kernelArguments,
    packages: packages ?? [],
    units: map.units.map((unit) => ({ ...unit, state: 'unknown' })),
    userUnits: map.userUnits.map((unit) => ({ ...unit, state: 'unknown' })),
    files: map.files.map((file) => ({ ...file, sha256: '' })),
    sizes: { rootBytes: 0, initramfsBytes: 0, kernelBytes: 0 },
    accountsWithPassword: image.accountsWithPassword,
    acknowledged: map.acknowledged,
    budgets: map.budgets,
    checks: map.checks,
  };
}
