import type { Span } from '../diagnostic.ts';
import type { Word } from '../syntax/words.ts';

/** A line with options: a command or the header of a section. */
export interface OptionLine {
  readonly span: Span;
  /** The name of the command or section, and everything behind it. */
  readonly words: readonly Word[];
  /** The place of some words with the blanks before them. */
  spanOf(from: Word, to: Word): Span;
}
