import { expect, test } from 'vitest';
import { excerpt } from '../../../scripts/kickstart-parser/src/report/excerpt.ts';
import { plainStyle } from '../../../scripts/kickstart-parser/src/report/style.ts';

/** The excerpt of a text in which « and » stand around what is meant. */
function shown(marked: string, width = 100): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace('«', '').replace('»', '');
  const position = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const span = { file: 'f', start: position(start), end: position(end) };
  return excerpt(span, text, (underline) => underline, { ...plainStyle, width }).join('\n');
}

test.each([
  ['plain', 'a\nkey: «value» # end\n', '  2 | key: value # end\n    |      ^^^^^'],
  ['at the start', '«a»', '  1 | a\n    | ^'],
  ['nothing meant: one caret', 'ab«»cd', '  1 | abcd\n    |   ^'],
  ['at the end of the line', 'ab«»\ncd', '  1 | ab\n    |   ^'],
  ['behind a tab', '\tx: «y»', '  1 |         x: y\n    |            ^'],
  ['a tab inside what is meant', '«a\tb»', '  1 | a       b\n    | ^^^^^^^^^'],
  ['behind wide characters', '日本: «x»', '  1 | 日本: x\n    |       ^'],
  ['wide characters meant', 'k: «日本»', '  1 | k: 日本\n    |    ^^^^'],
  ['emoji of several code points', '👩‍👩‍👧 «x»', '  1 | 👩‍👩‍👧 x\n    |    ^'],
  ['combining marks', 'e\u0301e\u0301 «x»', '  1 | e\u0301e\u0301 x\n    |    ^'],
  ['over several lines: its first', 'a: «[1,\n  2]»\n', '  1 | a: [1,\n    |    ^^^'],
  ['CRLF', 'a: «b»\r\nc\r\n', '  1 | a: b\n    |    ^'],
  ['an escape sequence', '\u001b[31m«x»', '  1 | ␛[31mx\n    |      ^'],
])('%s', (_, marked, expected) => {
  expect(shown(marked)).toBe(expected);
});

test('the gutter is as wide as the line number', () => {
  expect(shown(`${'\n'.repeat(99)}«x»`)).toBe('  100 | x\n      | ^');
});

test('a long line is cut around what is meant, and fits', () => {
  const long = `${'a'.repeat(150)} «meant» ${'b'.repeat(150)}`;
  const lines = shown(long, 60).split('\n');
  expect(lines[0]).toMatch(/^ {2}1 \| …a+ meant b+…$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  expect(lines[1]?.indexOf('^')).toBe(lines[0]?.indexOf('meant'));
});

test('what is meant may itself be too long', () => {
  const lines = shown(`key: «${'v'.repeat(200)}»`, 60).split('\n');
  expect(lines[0]).toMatch(/^ {2}1 \| key: v+…$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});

test('a place that knows its line only', () => {
  const span = { file: 'f', start: { offset: 0, line: 2, column: 4 }, end: { offset: 0, line: 2, column: 6 } };
  expect(excerpt(span, 'a\r\nk: ab\r\n', String, plainStyle)).toEqual(['  2 | k: ab', '    |    ^^']);
});

test('a lone carriage return ends a line of a kickstart', () => {
  const span = { file: 'f', start: { offset: 2, line: 2, column: 1 }, end: { offset: 3, line: 2, column: 2 } };
  expect(excerpt(span, 'a\rb\rc', String, plainStyle)).toEqual(['  2 | b', '    | ^']);
});

test('a line that the source does not have shows nothing', () => {
  const position = { offset: 0, line: 9, column: 1 };
  expect(excerpt({ file: 'f', start: position, end: position }, 'a\n', String, plainStyle)).toEqual([]);
});
