import type { Word } from '../syntax/words.ts';

/** What can be wrong with the options of a line. The names are also diagnostic codes. */
export type ArgumentErrorCode =
  | 'unrecognized-arguments'
  | 'missing-required'
  | 'missing-value'
  | 'ambiguous-option'
  | 'invalid-choice'
  | 'invalid-value'
  | 'flag-takes-no-value';

export interface ArgumentError {
  readonly code: ArgumentErrorCode;
  readonly message: string;
  /** The word to blame; absent when something is missing altogether. */
  readonly word?: Word;
}
