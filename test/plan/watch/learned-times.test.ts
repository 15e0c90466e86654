import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LearnedTimes, timeLeft, timeLeftInWords } from '../../../scripts/plan/watch/learned-times.ts';
import { tookBefore } from '../../../scripts/plan/watch/phase-tasks.ts';

const directory = () => mkdtempSync(path.join(tmpdir(), 'phyllome-times-'));

test('a build’s times are remembered, those of each kind apart', () => {
  const cache = directory();
  const times = { milliseconds: { boot: 100 }, bytes: { squash: 7 } };
  expect(new LearnedTimes(cache).of('nano')).toBeUndefined();
  new LearnedTimes(cache).learn('nano', times);
  new LearnedTimes(cache).learn('desktop', { milliseconds: { boot: 9 }, bytes: {} });
  expect(new LearnedTimes(cache).of('nano')).toEqual(times);
  expect(new LearnedTimes(cache).of('desktop')).toEqual({ milliseconds: { boot: 9 }, bytes: {} });
  const file = path.join(cache, 'livemedia/times.json');
  expect(readFileSync(file, 'utf8')).toMatch(/^\{\n {2}"nano": .*\}\n$/s);
});

test('the newer build counts as much as all before it; a phase that did not come is forgotten', () => {
  const times = new LearnedTimes(directory());
  times.learn('nano', { milliseconds: { boot: 100, gone: 5 }, bytes: { squash: 10 } });
  times.learn('nano', { milliseconds: { boot: 201, fresh: 8 }, bytes: { squash: 20 } });
  expect(times.of('nano')).toEqual({ milliseconds: { boot: 151, fresh: 8 }, bytes: { squash: 15 } });
});

const learned = { milliseconds: { a: 10_000, b: 20_000, c: 40_000 }, bytes: {} };

test('left is what the present phase took more than it has, and all later ones', () => {
  const left = (id: string, elapsedMs: number) => timeLeft(['a', 'b', 'c', 'new'], { id, elapsedMs }, learned);
  expect(left('a', 4_000)).toBe(66_000);
  expect(left('b', 50_000)).toBe(40_000);
  expect(left('new', 1)).toBe(0);
  expect(timeLeft(['a'], { id: 'a', elapsedMs: 0 }, undefined)).toBeUndefined();
});

test('the time left in words: seconds below a minute and a half, never none', () => {
  expect(timeLeftInWords(undefined)).toBeUndefined();
  expect(timeLeftInWords(0)).toBe('about 1 s left');
  expect(timeLeftInWords(1_600)).toBe('about 2 s left');
  expect(timeLeftInWords(89_000)).toBe('about 89 s left');
  expect(timeLeftInWords(90_000)).toBe('about 2 min left');
  expect(timeLeftInWords(12 * 60_000)).toBe('about 12 min left');
});

test('how long it took before in words, where that is known', () => {
  const before = (...took: number[]) =>
    tookBefore({ milliseconds: Object.fromEntries(took.map((value, index) => [`phase-${index}`, value])), bytes: {} });
  expect(tookBefore(undefined)).toBe('');
  expect(before()).toBe(', which took 1 s before');
  expect(before(50_000, 39_000)).toBe(', which took 89 s before');
  expect(before(50_000, 40_000)).toBe(', which took 2 min before');
  expect(before(24 * 60_000)).toBe(', which took 24 min before');
});
