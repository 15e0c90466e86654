import { type Font, glyphRows } from './font.ts';
import type { Picture } from './picture.ts';

/** Where characters stand in a picture. */
interface Grid {
  readonly cellWidth: number;
  readonly left: number;
  readonly top: number;
}

interface Reading {
  readonly lines: string[];
  /** Characters that were read, and places that hold something else. */
  readonly read: number;
  readonly unread: number;
}

/** Fewer characters than this may be read into any drawing. */
const leastCharacters = 6;

/**
 * The text that a display shows, line by line, where it is one: in the VGA's text mode, on Linux's frame buffer or by a
 * loader, in a font of `fonts`. Undefined for a drawing. `anywhere` also looks for text that does not begin in the corner, which
 * takes half a second.
 */
export function textOf(picture: Picture, fonts: readonly Font[], anywhere = false): string[] | undefined {
  // The VGA's text mode has cells of nine columns, the last of them empty.
  const cellWidth = picture.width === 720 && picture.height === 400 ? 9 : 8;
  const offsets = anywhere ? Array.from({ length: cellWidth * glyphRows }, (_, index) => index) : [0];
  let best: Reading | undefined;
  for (const offset of offsets) {
    const grid = { cellWidth, left: offset % cellWidth, top: Math.floor(offset / cellWidth) };
    const reading = readGrid(picture, fonts, grid);
    if (reading.read > (best?.read ?? 0)) best = reading;
    if (isText(best)) break;
  }
  return isText(best) ? best.lines : undefined;
}

const isText = (reading: Reading | undefined): reading is Reading =>
  reading !== undefined && reading.read >= leastCharacters && reading.read > reading.unread;

function readGrid(picture: Picture, fonts: readonly Font[], { cellWidth, left, top }: Grid): Reading {
  const lines: string[] = [];
  let [read, unread] = [0, 0];
  for (let y = top; y + glyphRows <= picture.height; y += glyphRows) {
    let line = '';
    for (let x = left; x + cellWidth <= picture.width; x += cellWidth) {
      const character = readCell(picture, x, y, fonts);
      if (character === undefined) unread += 1;
      else if (character !== ' ') read += 1;
      line += character ?? '\ufffd';
    }
    lines.push(line.trimEnd());
  }
  while (lines.at(-1) === '') lines.pop();
  return { lines, read, unread };
}

/** The character in a cell, a blank for nothing, undefined for what is none. */
function readCell({ rgb, width }: Picture, x: number, y: number, fonts: readonly Font[]): string | undefined {
  const colourAt = (column: number, row: number) => rgb.readUIntBE(((y + row) * width + x + column) * 3, 3);
  const first = colourAt(0, 0);
  let second: number | undefined;
  let [rows, inverse] = ['', ''];
  let set = 0;
  for (let row = 0; row < glyphRows; row += 1) {
    let bits = 0;
    for (let column = 0; column < 8; column += 1) {
      const colour = colourAt(column, row);
      if (colour === first) continue;
      second ??= colour;
      // More than two colours: a drawing.
      if (colour !== second) return undefined;
      bits |= 0x80 >> column;
      set += 1;
    }
    rows += String.fromCharCode(bits);
    inverse += String.fromCharCode(0xff ^ bits);
  }
  if (set === 0) return ' ';
  for (const font of fonts) {
    const character = font.get(rows) ?? font.get(inverse);
    if (character !== undefined) return character;
  }
  return isCursor(rows) || isCursor(inverse) ? ' ' : undefined;
}

/** A few whole rows at the foot. */
const isCursor = (rows: string): boolean => /^\0{12,}\u00ff+\0*$/.test(rows);
