/** How long a file is, and its SHA-256. */
export interface Measured {
  readonly bytes: number;
  readonly sha256: string;
  /** The bytes themselves, of what was to be kept. */
  readonly content?: Buffer;
}

/** Or in words why it cannot be had, as the end of a sentence about it. `isMissing`: nobody says that there is one. */
export type Found = Measured | { readonly fault: string; readonly isMissing?: true };

export interface Wanted {
  /** Keep its bytes in memory. */
  readonly keep?: boolean;
  /** A file that is larger is refused, before more of it is read. */
  readonly most?: number | undefined;
}

/** A directory that was published, here or elsewhere. */
export interface Published {
  /** As people call it. */
  readonly where: string;
  /** Reads a file once. @throws what the work was aborted with */
  readonly measure: (file: string, wanted: Wanted) => Promise<Found>;
  /** What else lies there, beside these: names in the directory itself, those of directories with a slash behind. Undefined where nobody can tell. */
  readonly surplus?: (known: readonly string[]) => readonly string[];
}

export const tooLarge = (most: number): Found => ({ fault: `is larger than the ${most} bytes that it may have` });
