/** What the direct engine must know of a base: where its packages come from. Part of the base file. */
export interface DirectBase {
  readonly name: string;
  readonly architecture: string;
  readonly repositories: readonly AptRepository[];
}

export interface AptRepository {
  /** Matches `repo --name=` in the kickstart; the first one is the `url`. */
  readonly id: string;
  readonly suite: string;
  readonly components: readonly string[];
  /** Path of the key file inside the tools tree. */
  readonly keyring: string;
  /** Where it is as it was at a time, with `{{time}}` in it. */
  readonly snapshot?: string | undefined;
  /** It holds the distribution's security updates. */
  readonly security?: boolean | undefined;
}
