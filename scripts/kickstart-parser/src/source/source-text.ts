import type { Position, Span } from '../diagnostic.ts';
import { type LineTable, splitLines } from './lines.ts';

/** Where a line of a flattened text came from. */
export interface LineOrigin {
  readonly source: SourceText;
  /** Index of the line in `source`, from 0. */
  readonly index: number;
}

/** A text with a name and a line table; turns offsets into positions. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly lines: LineTable;
  /** For flattened texts: one origin per line. Spans then point into the original files. */
  readonly origins: readonly LineOrigin[] | undefined;

  constructor(text: string, file: string, origins?: readonly LineOrigin[]) {
    this.file = file;
    this.text = text;
    this.lines = splitLines(text);
    this.origins = origins;
  }

  /** Index (from 0) of the line that holds an offset; the last line for offsets behind the text. */
  lineIndex(offset: number): number {
    const { starts } = this.lines;
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The position of an offset in this text, disregarding origins. */
  position(offset: number): Position {
    const index = this.lineIndex(offset);
    const start = this.lines.starts[index] ?? 0;
    const isBehindFinalLineEnding = offset === this.text.length && offset > (this.lines.ends[index] ?? 0);
    return isBehindFinalLineEnding
      ? { offset, line: index + 2, column: 1 }
      : { offset, line: index + 1, column: offset - start + 1 };
  }

  /** The span between two offsets. In a flattened text it lies in the file where `start` came from. */
  span(start: number, end: number): Span {
    const index = this.lineIndex(start);
    const origin = this.origins?.[index];
    if (origin === undefined) return { file: this.file, start: this.position(start), end: this.position(end) };
    const shift = (origin.source.lines.starts[origin.index] ?? 0) - (this.lines.starts[index] ?? 0);
    const lastIndex = this.lineIndex(end);
    const last = this.origins?.[lastIndex];
    // A node may run on into another file; its span then ends with the line where it began.
    const staysInFile = last?.source === origin.source && last.index - origin.index === lastIndex - index;
    const originalEnd = (staysInFile ? end : Math.min(end, this.lines.ends[index] ?? end)) + shift;
    return {
      file: origin.source.file,
      start: origin.source.position(start + shift),
      end: origin.source.position(originalEnd),
    };
  }
}
