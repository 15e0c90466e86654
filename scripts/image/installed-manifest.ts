import type { ImageKind, OutputId } from '../outputs/index.ts';
import type { SignedStart } from '../secure-boot/index.ts';
import type { AskedImage } from './asked-image.ts';
import type { Compared } from './compared.ts';
import { unitState } from './facts.ts';
import type { Found } from './found.ts';
import type { BuildManifest, Manifest, ManifestFile, UnknownPart } from './manifest.ts';

/** An image that Fedora's installer made, and what is known about it. */
export interface InstalledImage extends AskedImage {
  readonly output: OutputId;
  /** What firmware starts it as, as the system itself; absent where it starts none of it, or an installer. */
  readonly kind?: ImageKind;
  /** In the build directory, the image itself first. */
  readonly files: readonly [ManifestFile, ...ManifestFile[]];
  /** Of a live ISO. */
  readonly volumeId?: string;
  /** By the installer's logs; undefined where they did not tell. */
  readonly packages: Manifest['packages'] | undefined;
  /** What was seen on the image; absent where nobody could look. */
  readonly found?: Found;
  readonly compared?: readonly Compared[];
  /** Who signed what UEFI starts, as far as somebody looked. */
  readonly secureBoot?: SignedStart;
}

/**
 * The manifest of an image that was made outside this program: what was asked for is known, what is in the tree as far as
 * somebody looked, or the installer told. Everything that a mirror held on that day went in, so that the image itself is the hash of its inputs.
 */
export function manifestOfInstalled(image: InstalledImage): BuildManifest {
  const { kind, map, found, output, files, volumeId } = image;
  const { sha256 } = files[0];
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
    ...(kind && { image: { ...files[0], kind, ...ofMedium } }),
    outputs: [
      { output, inputHash: sha256, files, ...ofMedium, ...(image.secureBoot && { secureBoot: image.secureBoot }) },
    ],
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
