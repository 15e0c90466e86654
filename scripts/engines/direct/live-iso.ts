/** A live image as the kickstart asks for it. */
export interface LiveIso {
  readonly title: string;
  /** What the volume identifier begins with; the build's digits follow. */
  readonly volumeIdStart: string;
  /** Seconds that the menu waits; GRUB's part says how long otherwise. */
  readonly timeout?: number;
  readonly kernelArguments: readonly string[];
  /** What the root tree is expected to take, in bytes. */
  readonly rootBytes: number;
  /** What firmware starts is the system's own, and not the tools tree's. */
  readonly hasOwnLoaders?: boolean;
  /** Files have labels of the system's policy, where it has one. */
  readonly hasLabels?: boolean;
}
