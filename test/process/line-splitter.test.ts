import { expect, test } from 'vitest';
import { LineSplitter } from '../../scripts/process/index.ts';

function split(...chunks: (string | Uint8Array)[]): { lines: string[]; splitter: LineSplitter } {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  return { lines, splitter };
}

test('a line ends with a line feed, a carriage return or both, and is handed over without them', () => {
  expect(split('one\ntwo\r\n10 %\r20 %\r\n\nlast\n').lines).toEqual(['one', 'two', '10 %', '20 %', '', 'last']);
});

test('lines and characters may be cut anywhere between chunks', () => {
  const bytes = Buffer.from('große\nZahl\n');
  expect(split(bytes.subarray(0, 4), bytes.subarray(4, 9), bytes.subarray(9)).lines).toEqual(['große', 'Zahl']);
});

test('what has no line end yet waits, and is handed over at the end, once', () => {
  const { lines, splitter } = split('login: ');
  expect(splitter.unfinished).toBe('login: ');
  expect(lines).toEqual([]);
  splitter.end();
  splitter.end();
  expect(lines).toEqual(['login: ']);
  expect(splitter.unfinished).toBe('');
});

test('nothing is handed over at the end when the last line was whole', () => {
  const { lines, splitter } = split('one\n');
  splitter.end();
  expect(lines).toEqual(['one']);
});

test('a line of a hundred megabytes is put together once, not at each chunk', { timeout: 20_000 }, () => {
  const lines: number[] = [];
  const splitter = new LineSplitter((line) => lines.push(line.length));
  const chunk = Buffer.alloc(2 ** 16, 'x');
  for (let count = 0; count < 1600; count++) splitter.push(chunk);
  splitter.push(Buffer.from('\nnext'));
  splitter.end();
  expect(lines).toEqual([1600 * 2 ** 16, 4]);
});
