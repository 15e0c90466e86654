import type { Position, Span } from '../diagnostic.ts';
import { isLineEnding } from '../source/lines.ts';
import type { Paint, Style } from './style.ts';
import { type Cell, cellsOf, widthOfCells } from './text-width.ts';

/** The line a span begins in, with the span underlined. A span of several lines is underlined to the end of its first. */
export function excerpt(span: Span, text: string, paint: Paint, style: Style): readonly string[] {
  const line = lineAt(span.start, text);
  if (line === undefined) return [];
  const number = String(span.start.line);
  const start = Math.min(span.start.column - 1, line.length);
  const end = span.end.line === span.start.line ? Math.min(span.end.column - 1, line.length) : line.length;
  const room = Math.max(style.width - number.length - 5, 20);
  const near = nearby(style.conceal(line), start, end, MARGIN * room);
  const { before, marked, after } = window(cellsOf(near.text), near.start, near.end, room);

  const { dim } = style.colours;
  const underline = ' '.repeat(before.width) + paint('^'.repeat(Math.max(1, marked.width)));
  const shown = `${before.text}${marked.text}${after.text}`.trimEnd();
  return [`  ${dim(`${number} |`)} ${shown}`, `  ${dim(`${' '.repeat(number.length)} |`)} ${underline}`];
}

/** How much more of a line is looked at than can be shown, as some characters have no width. */
const MARGIN = 4;

/** The part of a line around what is marked: of a line of megabytes only some can be shown. */
function nearby(line: string, start: number, end: number, margin: number) {
  const from = start > 2 * margin ? start - margin : 0;
  const to = Math.min(line.length, start + 2 * margin);
  return { text: line.slice(from, to), start: start - from, end: Math.min(end, to) - from };
}

/** The line that a position is in. Some positions know their line only, and say offset 0. */
function lineAt({ offset, line, column }: Position, text: string): string | undefined {
  const from = offset - (column - 1);
  const isLineStart = from === 0 ? line === 1 : from > 0 && isLineEnding(text.charCodeAt(from - 1));
  if (!isLineStart) return text.split('\n', line)[line - 1]?.replace(/\r$/, '');
  const length = text.slice(from).search(/[\n\r]/);
  return length === -1 ? text.slice(from) : text.slice(from, from + length);
}

interface Piece {
  readonly text: string;
  readonly width: number;
}

/** The part of a line that fits, around what is marked; `…` stands for what is cut off. */
function window(cells: readonly Cell[], start: number, end: number, room: number) {
  const isMarked = (cell: Cell): boolean => cell.start < end && cell.end > start;
  const before = cells.filter((cell) => cell.end <= start);
  const marked = cells.filter(isMarked);
  const after = cells.filter((cell) => cell.start >= end && !isMarked(cell) && cell.start >= start);
  if (widthOfCells(cells) <= room) return { before: piece(before), marked: piece(marked), after: piece(after) };

  const lead = widthOfCells(before) > room / 2 ? prefixed(lastThatFit(before, Math.floor(room / 4))) : piece(before);
  const middle = clipped(marked, room - lead.width);
  return { before: lead, marked: middle, after: clipped(after, room - lead.width - middle.width) };
}

function piece(cells: readonly Cell[]): Piece {
  return { text: cells.map((cell) => cell.text).join(''), width: widthOfCells(cells) };
}

function prefixed(cells: readonly Cell[]): Piece {
  const { text, width } = piece(cells);
  return { text: `…${text}`, width: width + 1 };
}

function clipped(cells: readonly Cell[], room: number): Piece {
  if (widthOfCells(cells) <= room) return piece(cells);
  const { text, width } = piece(firstThatFit(cells, room - 1));
  return { text: `${text}…`, width: width + 1 };
}

function firstThatFit(cells: readonly Cell[], room: number): readonly Cell[] {
  let used = 0;
  const cut = cells.findIndex((cell) => {
    used += cell.width;
    return used > room;
  });
  return cut === -1 ? cells : cells.slice(0, cut);
}

function lastThatFit(cells: readonly Cell[], room: number): readonly Cell[] {
  return firstThatFit(cells.toReversed(), room).toReversed();
}
