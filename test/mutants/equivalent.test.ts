import { expect, test } from 'vitest';
import { type Equivalent, findEquivalent, outdated } from './equivalent.ts';
import { equivalents } from './equivalents.ts';
import type { Mutant } from './mutant.ts';

const mutant: Mutant = {
  file: 'scripts/a.ts',
  span: { start: { line: 7, column: 2 }, end: { line: 7, column: 9 } },
  original: 'a < b',
  replacement: 'a <= b',
  context: 'if (a < b) b = a;',
};
const entry: Equivalent = {
  file: mutant.file,
  original: 'a < b',
  replacement: 'a <= b',
  reason: 'a = b changes nothing',
};

test('an entry is found by file and texts, wherever the line is now', () => {
  const moved = { ...mutant, span: { start: { line: 90, column: 0 }, end: { line: 90, column: 7 } } };
  expect(findEquivalent(mutant, [entry])).toBe(entry);
  expect(findEquivalent(moved, [entry])).toBe(entry);
});

test('every text must be the same, that of the line where the entry names it', () => {
  for (const change of [{ file: 'scripts/b.ts' }, { original: 'a > b' }, { replacement: 'true' }]) {
    expect(findEquivalent({ ...mutant, ...change }, [entry])).toBeUndefined();
  }
  const onThisLine = { ...entry, context: mutant.context };
  expect(findEquivalent(mutant, [onThisLine])).toBe(onThisLine);
  expect(findEquivalent({ ...mutant, context: 'while (a < b)' }, [onThisLine])).toBeUndefined();
});

test('an entry that describes no mutant is outdated', () => {
  const old = { ...entry, original: 'gone' };
  expect(outdated([entry, old], [mutant])).toEqual([old]);
});

test('every entry of the list says why, and none is there twice', () => {
  for (const { reason } of equivalents) expect(reason).toMatch(/\w+ \w+/);
  const texts = equivalents.map(({ reason, ...rest }) => JSON.stringify(rest));
  expect(new Set(texts).size).toBe(texts.length);
});
