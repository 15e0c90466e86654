import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CacheUse } from '../../scripts/plan/index.ts';
import { markOf } from '../../scripts/process/index.ts';
import { execution, stage, temporaryDirectory } from './fixtures.ts';

function entries(directory: string, names: readonly string[]): string[] {
  return names.map((name) => {
    const entry = path.join(directory, 'stages', name);
    mkdirSync(entry, { recursive: true });
    return entry;
  });
}

test('outputs of the last two builds of each flavour stay, older ones go', async () => {
  const directory = temporaryDirectory();
  const [first = '', second = '', third = '', other = ''] = entries(directory, ['a-1', 'a-2', 'a-3', 'b-1']);
  const using = execution(directory);
  const use = new CacheUse(directory);
  use.begin();
  use.remember('other', [other]);
  for (const output of [first, second, second, third]) use.remember('one', [output]);
  await use.sweep(using.cache, using);
  expect([first, second, third, other].map(existsSync)).toEqual([false, true, true, true]);
});

test('nothing goes while another build runs', async () => {
  const directory = temporaryDirectory();
  const [first = ''] = entries(directory, ['a-1']);
  const using = execution(directory);
  const use = new CacheUse(directory);
  use.begin();
  use.remember('one', []);
  writeFileSync(path.join(directory, 'running', `${process.ppid}`), markOf(process.ppid) ?? '');
  await use.sweep(using.cache, using);
  expect(existsSync(first)).toBe(true);
});

test('half-made outputs of killed builds go, those of living ones stay', async () => {
  const directory = temporaryDirectory();
  const using = execution(directory);
  // Killed with -9 in a container, where the next build has the same number.
  const dead = path.join(using.cache.temporaryRoot, `image.${process.pid}-1-00000000.abcdef`);
  mkdirSync(dead, { recursive: true });
  const living = using.cache.begin(stage('image', 'true'));
  const use = new CacheUse(directory);
  use.begin();
  await use.sweep(using.cache, using);
  expect([dead, living].map(existsSync)).toEqual([false, true]);
});
