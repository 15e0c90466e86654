import { expect, test } from 'vitest';
import { sample } from './sample.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index);

test('a seed chooses the same items each time, another seed others', () => {
  expect(sample(hundred, 10, 1)).toEqual(sample(hundred, 10, 1));
  expect(sample(hundred, 10, 1)).not.toEqual(sample(hundred, 10, 2));
});

test('as many as asked for, each once and in order', () => {
  const chosen = sample(hundred, 30, 7);
  expect(chosen).toHaveLength(30);
  expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
});

test('all items when there are no more', () => {
  expect(sample(hundred, 300, 3)).toEqual(hundred);
  expect(sample([], 5, 3)).toEqual([]);
});

test('every item has the same chance', () => {
  const counts = new Map<number, number>();
  for (let seed = 0; seed < 2000; seed += 1) {
    for (const item of sample(hundred, 10, seed)) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  // 200 expected; the standard deviation is 13.4.
  for (const item of hundred) {
    expect(counts.get(item)).toBeGreaterThan(130);
    expect(counts.get(item)).toBeLessThan(270);
  }
});
