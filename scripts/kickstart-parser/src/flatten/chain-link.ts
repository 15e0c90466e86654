import type { SourceText } from '../source/source-text.ts';

/** One file on the way from the main file to the line being read. */
export interface ChainLink {
  readonly fullPath: string;
  readonly source: SourceText;
  /** The line with the `%include` that leads to the next link. */
  includeLine: number;
}
