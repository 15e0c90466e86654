/** One thing that an installer was asked for, and what it is on the image. */
export interface Compared {
  /** `host name`, `packages added` … */
  readonly what: string;
  readonly asked: string;
  readonly found: string;
  /** Why the two may differ; absent where they are the same, or must be. */
  readonly exception?: string;
}
