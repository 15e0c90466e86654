// Made by `npm run types` from the schemas in kickstarts/schema. Edit those, not this.

/** The exact packages of a flavour on a base: written by `phyllome lock`, read by `phyllome build --locked`. Nobody edits it. */
export interface LockFile {
  readonly format: 1;
  readonly flavour: string;
  readonly base: string;
  readonly hardware?: string;
  readonly request: LockRequest;
  readonly indexes: readonly LockIndex[];
  readonly packages: readonly LockedPackage[];
  readonly installer?: readonly LockedPackage[];
  readonly tools: LockTools;
}

/** What decides which packages there are: a flavour that asks for something else no longer fits its lock. */
export interface LockRequest {
  readonly architecture: string;
  readonly weakDependencies: boolean;
  readonly repositories: readonly string[];
  readonly packages: readonly string[];
  /** What a medium that installs has besides; absent where the flavour makes none. */
  readonly installer?: readonly string[];
}

/** A repository as it was at one time, by its signed Release file. */
export interface LockIndex {
  readonly name: string;
  readonly repository: string;
  readonly suite: string;
  readonly components: readonly string[];
  readonly date: string;
  readonly validUntil?: string;
  readonly inRelease: string;
  /** Where it was fetched from. Told only: packages are asked for where the base says. */
  readonly madeFrom: string;
}

/** One file of an archive. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly size: number;
  readonly sha256: string;
  readonly path: string;
  readonly index: string;
}

/** The packages of the programs that make images. */
export interface LockTools {
  readonly request: readonly string[];
  readonly indexes: readonly LockIndex[];
  readonly packages: readonly LockedPackage[];
}
