import { expect, test } from 'vitest';
import { noColours } from '../../../scripts/report/diagnostics/colours.ts';
import { excerpt } from '../../../scripts/report/diagnostics/excerpt.ts';

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
  return excerpt(span, text, (underline) => underline, noColours, width).join('\n');
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
  ['a password hash', 'h: «$6$salt$abcdef/.»', `  1 | h: ${'•'.repeat(16)}\n    |    ${'^'.repeat(16)}`],
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

test('a line that the source does not have shows nothing', () => {
  const position = { offset: 0, line: 9, column: 1 };
  expect(excerpt({ file: 'f', start: position, end: position }, 'a\n', String, noColours, 80)).toEqual([]);
});
