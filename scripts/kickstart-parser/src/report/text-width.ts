const TAB_STOP = 8;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Two columns in a terminal: East Asian wide and fullwidth characters, and emoji. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;

/** No column of their own: combining and invisible characters. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** A character as a terminal shows it. */
export interface Cell {
  /** What to print: tabs are spaces, control characters their pictures. */
  readonly text: string;
  readonly width: number;
  /** UTF-16 offset in the line, of the character's start and end. */
  readonly start: number;
  readonly end: number;
}

/** A source line, character by character, with the terminal columns that each takes. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of segmenter.segment(line)) {
    const width = segment === '\t' ? TAB_STOP - (column % TAB_STOP) : widthOf(segment);
    cells.push({ text: shown(segment, width), width, start: index, end: index + segment.length });
    column += width;
  }
  return cells;
}

export function widthOfCells(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function widthOf(character: string): number {
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

function shown(character: string, width: number): string {
  if (character === '\t') return ' '.repeat(width);
  const code = character.charCodeAt(0);
  // An escape sequence in a source must not reach the terminal.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code >= 0x7f && code <= 0x9f ? '\u2421' : character;
}
