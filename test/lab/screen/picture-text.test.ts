import { expect, test } from 'vitest';
import { type Font, pf2Font, vgaFont } from '../../../scripts/lab/screen/font.ts';
import type { Picture } from '../../../scripts/lab/screen/picture.ts';
import { textOf } from '../../../scripts/lab/screen/picture-text.ts';

/** A font whose characters are told apart by their code, in rows 4 to 11. */
const glyph = (code: number): string =>
  String.fromCharCode(
    ...Array.from({ length: 16 }, (_, row) => (row >= 4 && row < 12 ? ((code * (row - 2)) % 251) | 1 : 0)),
  );
const font: Font = new Map(
  Array.from({ length: 94 }, (_, index) => [glyph(33 + index), String.fromCharCode(33 + index)]),
);

/** Draws lines of text in two colours, from a corner on. */
function drawn(
  lines: readonly string[],
  options: { left?: number; top?: number; cellWidth?: number; size?: [number, number] } = {},
): Picture {
  const { left = 0, top = 0, cellWidth = 8, size: [width, height] = [320, 64] } = options;
  const rgb = Buffer.alloc(width * height * 3, 0x10);
  for (const [row, line] of lines.entries()) {
    for (const [column, character] of [...line].entries()) {
      const rows = character === ' ' ? '' : glyph(character.charCodeAt(0));
      for (const [y, bits] of [...rows].entries()) {
        for (let x = 0; x < 8; x += 1) {
          if (((bits.charCodeAt(0) >> (7 - x)) & 1) === 0) continue;
          const at = ((top + row * 16 + y) * width + left + column * cellWidth + x) * 3;
          rgb.fill(0xaa, at, at + 3);
        }
      }
    }
  }
  return { width, height, rgb };
}

test('text is read where it begins in the corner, and empty lines at the end are left out', () => {
  expect(textOf(drawn(['grub> ls', '', 'error: no disk']), [font])).toEqual(['grub> ls', '', 'error: no disk']);
});

test("the VGA's text mode has cells of nine columns", () => {
  expect(textOf(drawn(['No bootable device.'], { cellWidth: 9, size: [720, 400] }), [font])).toEqual([
    'No bootable device.',
  ]);
});

test('text that begins elsewhere is found when it is looked for', () => {
  const picture = drawn(['a menu of GRUB'], { left: 3, top: 5 });
  expect(textOf(picture, [font])).toBeUndefined();
  expect(textOf(picture, [font], true)).toEqual(['a menu of GRUB']);
});

test('a line that is chosen is inverse, and a cursor is nothing', () => {
  const picture = drawn(['Install the system']);
  const inverse = { ...picture, rgb: Buffer.from(picture.rgb.map((value) => (value === 0x10 ? 0xaa : 0x10))) };
  expect(textOf(inverse, [font])).toEqual(['Install the system']);
  for (let x = 144; x < 152; x += 1)
    for (const y of [14, 15]) picture.rgb.fill(0xaa, (y * 320 + x) * 3, (y * 320 + x + 1) * 3);
  expect(textOf(picture, [font])).toEqual(['Install the system']);
});

test('a drawing is none', () => {
  const rgb = Buffer.from(Array.from({ length: 320 * 64 * 3 }, (_, index) => (index * 7919) % 256));
  expect(textOf({ width: 320, height: 64, rgb }, [font])).toBeUndefined();
});

test("the VGA's font is found in its ROM, and there is none in other bytes", () => {
  const rom = Buffer.alloc(8192);
  Buffer.from('00007e81a58181bd9981817e00000000', 'hex').copy(rom, 500);
  rom.write(glyph(65), 500 - 16 + 65 * 16, 'latin1');
  expect(vgaFont(rom).get(glyph(65))).toBe('A');
  expect(vgaFont(Buffer.alloc(8192)).size).toBe(0);
});

test('a character of a GRUB font stands where its baseline says', () => {
  const header = Buffer.from(
    'FILE\0\0\0\x04PFF2ASCE\0\0\0\x02\0\x0eCHIX\0\0\0\x09\0\0\0A\0\0\0\0\x2fDATA\xff\xff\xff\xff',
    'latin1',
  );
  // Two columns and three rows, one column from the left, on the baseline: #. .# ##
  const character = Buffer.from([0, 2, 0, 3, 0, 1, 0, 0, 0, 8, 0b10011100]);
  const file = Buffer.concat([header, Buffer.alloc(0x2f - header.length), character]);
  const rows = [...Array(11).fill(0), 0b0100_0000, 0b0010_0000, 0b0110_0000, 0, 0];
  expect([...pf2Font(file)]).toEqual([[String.fromCharCode(...rows), 'A']]);
  expect(pf2Font(Buffer.from('no font')).size).toBe(0);
});
