import type { Span } from '../diagnostic/index.ts';
import type { Budgets } from '../image/manifest.ts';
import type { Preset } from '../render/rendered-set.ts';

/** A value and the place in a source file that set it. */
export interface Sourced<T> {
  readonly value: T;
  readonly at: Span;
}

/** Who brought an entry: a component's name, or `flavour NAME`. */
export type Bringer = string;

/** A flavour after `extends`, its components and its base are merged. Plain and serialisable; every entry knows its place. */
export interface ResolvedFlavour {
  readonly name: string;
  readonly summary: string;
  readonly at: Span;
  readonly base: ResolvedBase;
  readonly system: {
    readonly lang: Sourced<string>;
    readonly keyboard: Sourced<string>;
    readonly timezone: Sourced<string>;
    readonly hostname: Sourced<string>;
  };
  /** In the order in which they take effect: what a component requires stands before it. */
  readonly components: readonly ResolvedComponent[];
  readonly packages: readonly ResolvedPackage[];
  readonly units: readonly ResolvedUnit[];
  readonly kernelArguments: readonly ResolvedKernelArgument[];
  readonly directories: readonly ResolvedDirectory[];
  readonly files: readonly ResolvedFile[];
  readonly links: readonly ResolvedLink[];
  readonly post: readonly ResolvedScript[];
  readonly users: readonly ResolvedUser[];
  readonly sshKeys: readonly { readonly user: string; readonly key: string; readonly at: Span }[];
  readonly budgets: Budgets;
  /** Check ids in the order to ask: what measures an idle system comes before what wakes it. */
  readonly checks: readonly string[];
  /** Logical names that the base says it does not have, and that were left out. */
  readonly gaps: readonly {
    readonly kind: NameKind;
    readonly logical: string;
    readonly reason: string;
    readonly at: Span;
  }[];
}

export type NameKind = 'packages' | 'units' | 'paths';

export interface ResolvedBase {
  readonly name: string;
  readonly at: Span;
  readonly family: 'deb' | 'rpm';
  readonly release: string;
  readonly kickstartVersion: string;
  readonly initramfs: 'dracut';
  /** The main repository is the first. */
  readonly repositories: readonly Repository[];
  readonly rootSizeMiB?: Sourced<number>;
}

export interface Repository {
  readonly id: string;
  readonly at: Span;
  readonly baseurl?: string;
  readonly mirrorlist?: string;
  readonly suite?: string;
  readonly components?: readonly string[];
  readonly keyring?: string;
}

export interface ResolvedComponent {
  readonly name: string;
  readonly summary: string;
  /** Where it was asked for: a line of the flavour, or of the component that requires it. */
  readonly at: Span;
  readonly requiredBy?: string;
}

interface Brought {
  readonly by: Bringer;
  readonly at: Span;
}

export interface ResolvedPackage extends Brought {
  readonly name: string;
  readonly logical: string;
  readonly reason?: string;
}

export interface ResolvedUnit extends Brought {
  readonly name: string;
  readonly logical: string;
  readonly preset: Preset;
  readonly reason: string;
}

export interface ResolvedKernelArgument extends Brought {
  readonly argument: string;
  readonly reason: string;
}

interface Ownership {
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

export interface ResolvedDirectory extends Brought, Ownership {
  readonly path: string;
}

export interface ResolvedFile extends Brought, Ownership {
  readonly path: string;
  /** The overlay file, as diagnostics and the map name it. */
  readonly source: string;
  /** Text where the bytes are UTF-8 without NUL, else base64. */
  readonly content: { readonly text: string } | { readonly base64: string };
}

export interface ResolvedLink extends Brought {
  readonly path: string;
  readonly target: string;
}

export interface ResolvedScript extends Brought {
  readonly source: string;
  readonly text: string;
  readonly reason: string;
}

export interface ResolvedUser {
  readonly name: string;
  readonly at: Span;
  readonly gecos?: string;
  readonly groups: readonly string[];
  readonly shell?: string;
  readonly uid?: number;
  /** A secret: it reaches the kickstart and nothing else. */
  readonly passwordHash?: string;
}
