import { LineCounter } from 'yaml';
import type { Position, Span } from '../diagnostic/index.ts';

/** A text file with a name for diagnostics, able to turn offsets into places. */
export class SourceText {
  readonly #lines = new LineCounter();
  readonly file: string;
  readonly text: string;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#lines.addNewLine(0);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lines.addNewLine(at + 1);
  }

  span(start: number, end: number): Span {
    return { file: this.file, start: this.#position(start), end: this.#position(Math.max(start, end)) };
  }

  #position(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.text.length);
    const { line, col } = this.#lines.linePos(clamped);
    return { offset: clamped, line, column: col };
  }
}
