import { expect, test } from 'vitest';
import { differencesInWords } from '../../scripts/bits/index.ts';
import { differences, fileOf } from './made.ts';

const uuid = (digit: string) => `${digit.repeat(8)}-1111-4222-8333-444444444444`;

test.each([
  ['order', 'b\na\nc\n', 'a\nb\nc\n', 'the same lines in another order, from line 1 on'],
  [
    'identifier',
    `root=${uuid('a')} ro\n`,
    `root=${uuid('b')} ro\n`,
    `line 1: "root=${uuid('a')} ro", then "root=${uuid('b')} ro"`,
  ],
  ['time stamp', 'x\nmade 2026-12-01\n', 'x\nmade 2027-12-01\n', 'line 2: "made 2026-12-01", then "made 2027-12-01"'],
  ['time stamp', 'at 1764550861\n', 'at 1764550999\n', 'line 1: "at 1764550861", then "at 1764550999"'],
  ['time stamp', '1764550861.25\n', '1764550999.5\n', 'line 1: "1764550861.25", then "1764550999.5"'],
  ['content', 'a 2026-12-01\n', 'b 2027-12-01\n', 'line 1: "a 2026-12-01", then "b 2027-12-01"'],
  ['content', 'a\n', 'a\nb\n', 'line 2: "", then "b"'],
])('of texts: %s', async (kind, before, after, what) => {
  expect(await differences(fileOf(before), fileOf(after))).toEqual([`image: ${kind}: ${what}`]);
});

const bytesWith = (value: number) => {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(value, 12);
  return fileOf(bytes);
};

test('of bytes: seconds of this century in both are a time, and other numbers are not', async () => {
  expect(await differences(bytesWith(1_764_550_861), bytesWith(1_764_550_862))).toEqual([
    'image: time stamp: at byte 12: 2025-12-01T01:01:01Z, then 2025-12-01T01:01:02Z',
  ]);
  expect(await differences(bytesWith(5), bytesWith(6))).toEqual([
    'image: content: 1 byte from byte 12 on: 05, then 06',
  ]);
});

test('of files of different sizes the surplus is told', async () => {
  expect(await differences(fileOf('\0a'), fileOf('\0abc'))).toEqual([
    'image: content: 2 bytes from byte 2 on: the end, then 6263 (2 bytes, then 4)',
  ]);
});

test('what is alike is told three times, and how many more there are; who wrote it is told each time', () => {
  const alike = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    where: ['disk.raw', 'ext4', `/${name}`],
    kind: 'time stamp' as const,
    what: `modified: 1, then 2`,
  }));
  const other = { where: ['disk.raw', 'ext4', '/a'], kind: 'content' as const, what: 'line 1: "x", then "y"' };
  const lines = differencesInWords([...alike, other], ({ kind }) => (kind === 'content' ? 'a step' : undefined));
  expect(lines).toEqual([
    ...['a', 'b', 'c'].flatMap((name) => [`disk.raw → ext4 → /${name}`, '    time stamp: modified: 1, then 2']),
    '    … and 2 more of that kind there',
    'disk.raw → ext4 → /a',
    '    content: line 1: "x", then "y"',
    '    written by: a step',
  ]);
});

test('what a terminal would obey does not reach it', () => {
  const evil = {
    where: ['disk.raw', '/\u001b[2Jname'],
    kind: 'content' as const,
    what: 'line 1: "\u009b2Ja", then "b"',
  };
  expect(differencesInWords([evil], () => undefined)).toEqual([
    'disk.raw → /name',
    '    content: line 1: "a", then "b"',
  ]);
});
