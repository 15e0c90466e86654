import { expect, test } from 'vitest';
import { cutMarks, mark, markFollowing } from '../../scripts/render/origin-marks.ts';

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

test('lines that follow one another in a file are marked once', () => {
  const marked = `${markFollowing({ file: 'motd', line: 4 })}a\nb\n${at('t.hbs', 2)}c\nd\n`;
  expect(cutMarks(marked, templates)).toEqual({
    text: 'a\nb\nc\nd\n',
    sources: ['motd', 't.hbs'],
    lines: [
      [0, 4],
      [0, 5],
      [1, 2],
      [1, 2],
    ],
  });
});

test('a file’s name may hold a colon', () => {
  expect(cutMarks(`${at('a:b.yaml', 12)}x\n`, templates)).toMatchObject({ sources: ['a:b.yaml'], lines: [[0, 12]] });
});

test('a text without any mark comes from the beginning of the first template', () => {
  expect(cutMarks('a\nb', templates)).toEqual({
    text: 'a\nb\n',
    sources: ['t.hbs'],
    lines: [
      [0, 1],
      [0, 1],
    ],
  });
  expect(cutMarks('a', new Set()).sources).toEqual(['']);
});

test('marks anywhere in a line are cut out, all else stays', () => {
  const marked = `x ${at('t.hbs', 1)}y ${at('f.yaml', 2)}${at('g.yaml', 3)}z`;
  expect(cutMarks(marked, templates)).toMatchObject({ text: 'x y z\n', sources: ['f.yaml'], lines: [[0, 2]] });
});

test('a source is named once, however often lines come from it', () => {
  const marked = [at('a', 1), at('b', 1), at('a', 2)].join('\n');
  expect(cutMarks(marked, templates)).toMatchObject({
    sources: ['a', 'b'],
    lines: [
      [0, 1],
      [1, 1],
      [0, 2],
    ],
  });
});

test('a mark that is broken is told, and not looked for forever', () => {
  expect(() => cutMarks('\u0001a\nb:1\u0002text\n', new Set())).toThrow('goes over the end of its line');
});
