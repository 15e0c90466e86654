import { expect, test } from 'vitest';
import { cutMarks, mark } from '../../scripts/render/origin-marks.ts';

const templates = new Set(['t.hbs']);
const at = (file: string, line: number): string => mark({ file, line });

test('a value that a line prints counts before the template, the first before others', () => {
  const marked = `${at('t.hbs', 1)}a ${at('f.yaml', 7)}x ${at('g.yaml', 9)}y\n${at('t.hbs', 2)}b\n`;
  expect(cutMarks(marked, templates)).toEqual({
    text: 'a x y\nb\n',
    sources: ['f.yaml', 't.hbs'],
    lines: [
      [0, 7],
      [1, 2],
    ],
  });
});

test('a line without a mark comes from where the line before it does', () => {
  expect(cutMarks(`${at('t.hbs', 3)}a\nb\n`, templates).lines).toEqual([
    [0, 3],
    [0, 3],
  ]);
});

test('every line has an origin, the empty ones too', () => {
  const { text, lines } = cutMarks(`${at('t.hbs', 1)}\n${at('t.hbs', 2)}\n`, templates);
  expect(text).toBe('\n\n');
  expect(lines).toHaveLength(2);
});
