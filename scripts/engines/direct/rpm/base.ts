/** What the direct engine must know of a base of RPM packages. Part of the base file. */
export interface RpmBase {
  readonly name: string;
  /** `$releasever` */
  readonly release: string;
  /** `$basearch` */
  readonly architecture: string;
  readonly repositories: readonly RpmSource[];
  /** Where the tree of tools comes from, which is Debian's. */
  readonly toolsMirror: string;
}

/** A repository, without its address: the kickstart has that. */
export interface RpmSource {
  /** Matches `repo --name=` in the kickstart; the first one is the `url`. */
  readonly id: string;
  /** Path of the file with its keys, in the tree of tools or on this machine; undefined where the base names none. */
  readonly keyring?: string | undefined;
  /** The list of its files is signed, too. */
  readonly signedIndex: boolean;
}
