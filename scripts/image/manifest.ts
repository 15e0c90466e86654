import type { Budgets, PresetUnit, Releases } from '../flavour/index.ts';
import type { ImageKind, OutputId } from '../outputs/index.ts';
import type { PlacedReason, PlacedStatement } from '../render/index.ts';
import type { SignedStart } from '../secure-boot/index.ts';
import type { Compared } from './compared.ts';

/**
 * What was built, what it is made of and what may be expected of it once booted: `manifest.json` of a build directory. What
 * `test` and `run` take of it is a `Manifest`: see `manifestFor`.
 */
export interface BuildManifest extends Omit<Manifest, 'image'> {
  /** What `test` and `run` take unless another output is named; absent where firmware starts none of the outputs. */
  readonly image?: Manifest['image'];
}

/** One image, what it is made of and what may be expected of it once booted. */
export interface Manifest {
  readonly schema: 1;
  /**
   * What nobody could look at when the image was made: these lists are empty, sizes 0, states `unknown`, checksums of
   * files empty. Absent where everything is known.
   */
  readonly unknown?: readonly UnknownPart[];
  readonly flavour: string;
  /** `debian-13`, `fedora-44`. */
  readonly base: string;
  /** Hash over everything that decided the image's content. */
  readonly inputHash: string;
  /** What decided which packages there are; absent in images that were not built here, and of earlier versions. */
  readonly lock?: ManifestLock;
  readonly image: {
    readonly file: string;
    readonly kind: ImageKind;
    /** Of a live ISO. */
    readonly volumeId?: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  };
  /** Everything that the build made, `image` included, in the order in which it was asked for. */
  readonly outputs: readonly ManifestOutput[];
  /** Kernel arguments asked for by the kickstart (`bootloader --append`), without the loader's own (`root=…`). */
  readonly kernelArguments: readonly string[];
  readonly packages: readonly { readonly name: string; readonly version: string; readonly architecture: string }[];
  readonly units: readonly ManifestUnit[];
  /** Units of each user's own manager. */
  readonly userUnits: readonly ManifestUnit[];
  /** Files that the flavour's overlays put in the image. */
  readonly files: readonly {
    readonly path: string;
    readonly mode: string;
    readonly sha256: string;
    readonly component: string;
    /** Path in the checkout that it comes from. */
    readonly source: string;
    /** What it holds is nobody else's business. */
    readonly secret?: true;
  }[];
  readonly sizes: {
    readonly rootBytes: number;
    /** Of a live ISO. */
    readonly squashfsBytes?: number;
    readonly initramfsBytes: number;
    readonly kernelBytes: number;
  };
  /** What the installer that made the image was asked for, and what it is there; absent where nobody could look, or none was used. */
  readonly installed?: readonly Compared[];
  /** Accounts that the flavour gives a password on purpose; every other one must have none. */
  readonly accountsWithPassword: readonly string[];
  /** Risks that the flavour takes knowingly. */
  readonly acknowledged: readonly string[];
  /** Where its successors are published, and which keys it trusts to sign them; absent where it knows nothing of that. */
  readonly releases?: Releases;
  /** What its flavour states about vulnerabilities, and where; absent where it states nothing. */
  readonly vulnerabilities?: readonly PlacedStatement[];
  /** What weakens the system and may; absent in manifests of earlier versions, and of images that were not built here. */
  readonly posture?: readonly PlacedReason[];
  /** Limits that checks enforce. */
  readonly budgets: Budgets;
  /** Ids of the checks that the flavour's components bring, in the order to run them. */
  readonly checks: readonly string[];
}

/** The lock that an image was made by. */
export type ManifestLock = 'not locked' | { readonly file: string; readonly sha256: string };

/** What was made of the one system for one `--output`. */
export interface ManifestOutput {
  readonly output: OutputId;
  /** Hash over everything that decided its content. */
  readonly inputHash: string;
  /** In the build directory, the image itself first. */
  readonly files: readonly ManifestFile[];
  /** Of a live ISO. */
  readonly volumeId?: string;
  /** Of what UEFI starts: who signed it, and with which keys firmware starts it; absent in manifests of earlier versions. */
  readonly secureBoot?: SignedStart;
}

export interface ManifestFile {
  /** Path in the build directory. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export type UnknownPart = 'packages' | 'units' | 'files' | 'sizes';

/** What the preset says of a unit, and what is so on disk. */
export interface ManifestUnit extends PresetUnit {
  /** What `systemctl is-enabled` says in the built tree (`not-found` when no such unit is installed, `unknown` when nobody could ask). */
  readonly state: string;
}
