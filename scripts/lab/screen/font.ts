import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Characters by their bitmap: one character code (0–255) for each row of eight pixels, from the top. */
export type Font = ReadonlyMap<string, string>;

/** Rows of a character in the fonts that are read. */
export const glyphRows = 16;

/** The upper half of code page 437, which the VGA's own font is in. */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';

/** The smiling face, second character of the VGA's font: no other bytes of its ROM look like it. */
const face = Buffer.from('00007e81a58181bd9981817e00000000', 'hex');

/** The fonts that firmware, Linux and installers write with: the VGA's own and GNU Unifont. As far as the tools tree has them. */
export async function readFonts(toolsRoot: string): Promise<readonly Font[]> {
  const read = (file: string) => readFile(path.join(toolsRoot, file)).catch(() => Buffer.alloc(0));
  const vga = vgaFont(await read('usr/share/seabios/vgabios-stdvga.bin'));
  const unifont = pf2Font(await read('usr/share/grub/unicode.pf2'));
  return [vga, unifont].filter(({ size }) => size > 0);
}

/** The font of 8 × 16 pixels in a VGA's ROM. */
export function vgaFont(rom: Buffer): Font {
  const start = rom.indexOf(face) - glyphRows;
  if (start < 0) return new Map();
  const glyphs = Array.from({ length: 256 }, (_, code) => {
    const rows = rom.subarray(start + code * glyphRows, start + (code + 1) * glyphRows);
    const character = code < 32 || code === 127 ? '·' : code < 127 ? String.fromCharCode(code) : upperHalf[code - 128];
    return [rows.toString('latin1'), character ?? '·'] as const;
  });
  // Of characters that look alike the one of ASCII is meant.
  return new Map([...glyphs.filter((_, code) => code > 127), ...glyphs.filter((_, code) => code <= 127)]);
}

/** Characters of a font of GRUB's (PFF2) that are 8 pixels wide: ASCII, and lines that boxes are made of. */
export function pf2Font(bytes: Buffer): Font {
  const font = new Map<string, string>();
  const sections = sectionsOf(bytes);
  const [index, ascent] = [sections.get('CHIX'), sections.get('ASCE')?.readUInt16BE(0)];
  if (index === undefined || ascent === undefined) return font;
  for (let at = 0; at + 9 <= index.length; at += 9) {
    const code = index.readUInt32BE(at);
    const isWanted = (code > 32 && code < 127) || (code >= 0x2500 && code < 0x2600);
    const rows = isWanted ? pf2Rows(bytes, index.readUInt32BE(at + 5), ascent) : undefined;
    if (rows !== undefined && !font.has(rows)) font.set(rows, String.fromCodePoint(code));
  }
  return font;
}

function sectionsOf(bytes: Buffer): Map<string, Buffer> {
  const sections = new Map<string, Buffer>();
  for (let at = 0; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    if (name === 'DATA') break;
    const length = bytes.readUInt32BE(at + 4);
    sections.set(name, bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return sections;
}

/** The bitmap is one row of bits after the other, without gaps, and only as large as what is drawn. */
function pf2Rows(bytes: Buffer, at: number, ascent: number): string | undefined {
  const [width, height] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
  const [left, bottom] = [bytes.readInt16BE(at + 4), bytes.readInt16BE(at + 6)];
  const top = ascent - bottom - height;
  if (left < 0 || top < 0 || left + width > 8 || top + height > glyphRows) return undefined;
  const rows = new Array<number>(glyphRows).fill(0);
  for (let bit = 0; bit < width * height; bit += 1) {
    const isSet = ((bytes[at + 10 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1;
    const row = top + Math.floor(bit / width);
    rows[row] = (rows[row] ?? 0) | (isSet << (7 - left - (bit % width)));
  }
  return String.fromCharCode(...rows);
}
