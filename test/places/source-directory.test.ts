import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { absolutePathOf, findPlaces, sourceDirectories } from '../../scripts/places/index.ts';

test('the files of user directories are named by the last part of their path, each by another', () => {
  const directories = sourceDirectories('/checkout', ['/home/ada/mine', '/srv/mine', '/tmp/overlays']);
  expect(directories.map(({ label }) => label)).toEqual(['mine', 'mine-2', 'overlays-2', '']);
});

test.each([
  ['mine/flavours/a.yaml', '/home/ada/mine/flavours/a.yaml'],
  ['mine-2/flavours/a.yaml', '/srv/mine/flavours/a.yaml'],
  ['kickstarts/flavours/a.yaml', '/checkout/kickstarts/flavours/a.yaml'],
  ['/somewhere/else.ks', '/somewhere/else.ks'],
])('%s is %s', (file, absolute) => {
  const directories = sourceDirectories('/checkout', ['/home/ada/mine', '/srv/mine']);
  expect(absolutePathOf(file, directories)).toBe(absolute);
});

test('`--dir` comes before PHYLLOME_DIR, which may name several', () => {
  expect(findPlaces({ PHYLLOME_DIR: '/b:/c' }, ['/a']).user).toEqual(['/a', '/b', '/c']);
  expect(findPlaces({}).user).toEqual([]);
});

test('somebody’s own directory counts when they are in it, behind those that are named; the checkout’s do not', () => {
  const mine = mkdtempSync(path.join(tmpdir(), 'phyllome-places-'));
  onTestFinished(() => rmSync(mine, { recursive: true }));
  expect(findPlaces({}, [], mine).user).toEqual([]);
  mkdirSync(path.join(mine, 'flavours'));
  expect(findPlaces({}, [], mine).user).toEqual([mine]);
  expect(findPlaces({ PHYLLOME_DIR: '/b' }, ['a'], mine).user).toEqual([path.join(mine, 'a'), '/b', mine]);
  expect(findPlaces({}, ['.'], mine).user).toEqual([mine]);
  const { checkout } = findPlaces({});
  expect(findPlaces({}, [], checkout).user).toEqual([]);
  expect(findPlaces({}, [], path.join(checkout, 'kickstarts')).user).toEqual([]);
});

test('a directory whose name has line ends or tabs is called by another one', () => {
  const labels = sourceDirectories('/checkout', ['/home/a\nb', '/home/a\tb', '/home/a_b']).map(({ label }) => label);
  expect(labels).toEqual(['a_b', 'a_b-2', 'a_b-3', '']);
});
