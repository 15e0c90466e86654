import { expect, test } from 'vitest';
import { textChange } from '../../scripts/explain/text-change.ts';

test.each([
  [['a', 'b'], ['a', 'b'], ''],
  [['a', 'b'], ['b', 'a'], 'lines move'],
  [['a', 'b'], ['a', 'c', 'd'], '+2 -1 lines'],
  [['sha256:0a'], ['sha256:0b'], 'another text'],
  [['sha256:0a'], ['a', 'b'], 'another text'],
])('%s → %s: %s', (before, after, words) => {
  expect(textChange(before, after)).toBe(words);
});
