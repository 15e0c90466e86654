import type { Span } from '../diagnostic.ts';

/** An option or word written out in the kickstart. */
export interface GivenOption {
  /** Full name of the option, however it was abbreviated. */
  readonly name: string;
  /** The field of the value it sets. */
  readonly field: string;
  readonly span: Span;
}

/** Where a value of the model comes from. */
export interface EntryOrigin {
  /** The command as written: `partition` where the model has `part`. */
  readonly command: string;
  /** The line; for commands that overwrite, the last of their lines. */
  readonly span: Span;
  /** All lines this value comes from, in order. */
  readonly spans: readonly Span[];
  /** Options explicitly given, in order, over all these lines. */
  readonly given: readonly GivenOption[];
}

/** The value of one command with its origin. */
export type Entry<T> = T & EntryOrigin;
