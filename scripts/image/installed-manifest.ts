import type { ImageKind, OutputId } from '../outputs/index.ts';
import type { AskedImage } from './asked-image.ts';
import type { Compared } from './compared.ts';
import { unitState } from './facts.ts';
import type { Found } from './found.ts';
import type { Manifest, UnknownPart } from './manifest.ts';

/** An image that Fedora's installer made, and what is known about it. */
export interface InstalledImage extends AskedImage {
  readonly output: OutputId;
  readonly kind: ImageKind;
  /** Name of the image file in the build directory. */
  readonly fileName: string;
  /** Of a live ISO. */
  readonly volumeId?: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** By the installer's logs; undefined where they did not tell. */
  readonly packages: Manifest['packages'] | undefined;
  /** What was seen on the image; absent where nobody could look. */
  readonly found?: Found;
  readonly compared?: readonly Compared[];
}

/**
 * The manifest of an image that was made outside this program: what was asked for is known, what is in the tree as far as
 * somebody looked, or the installer told. Everything that a mirror held on that day went in, so that the image itself is the hash of its inputs.
 */
export function manifestOfInstalled(image: InstalledImage): Manifest {
  const { kind, map, found, output, sha256, sizeBytes, fileName: file, volumeId } = image;
  const packages = found?.packages ?? image.packages;
  const ofMedium = volumeId !== undefined && { volumeId };
  const unseen = found === undefined ? (['units', 'files'] as const) : [];
  const unknown: readonly UnknownPart[] = [...(packages ? [] : (['packages'] as const)), ...unseen, 'sizes'];
  return {
    schema: 1,
    unknown,
    flavour: image.flavour,
    base: image.base,
    inputHash: sha256,
    lock: 'not locked',
    image: { file, kind, ...ofMedium, sizeBytes, sha256 },
    outputs: [{ output, inputHash: sha256, files: [{ file, sizeBytes, sha256 }], ...ofMedium }],
    kernelArguments: image.kernelArguments,
    packages: packages ?? [],
    ...unitsFound(map, found),
    files: map.files.map((file) => ({ ...file, sha256: found?.files.get(file.path) ?? '' })),
    sizes: { rootBytes: 0, initramfsBytes: 0, kernelBytes: 0 },
    ...(image.compared && { installed: image.compared }),
    accountsWithPassword: image.accountsWithPassword,
    acknowledged: map.acknowledged,
    ...(map.releases && { releases: map.releases }),
    ...(map.posture && { posture: map.posture }),
    ...(map.vulnerabilities && { vulnerabilities: map.vulnerabilities }),
    budgets: map.budgets,
    checks: map.checks,
  };
}

/** What presets ask of units, with what is so on the image as far as somebody looked. */
export function unitsFound(map: InstalledImage['map'], found?: Found): Pick<Manifest, 'units' | 'userUnits'> {
  const stateIn = (states: ReadonlyMap<string, string> | undefined, unit: string) =>
    states === undefined ? 'unknown' : unitState(states, unit);
  return {
    units: map.units.map((unit) => ({ ...unit, state: stateIn(found?.unitStates, unit.name) })),
    userUnits: map.userUnits.map((unit) => ({ ...unit, state: stateIn(found?.userUnitStates, unit.name) })),
  };
}
