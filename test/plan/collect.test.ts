import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

test('locks of killed builds go, those of living ones stay', async () => {
  const directory = temporaryDirectory();
  const using = execution(directory);
  mkdirSync(using.cache.locks, { recursive: true });
  const lock = (name: string, holder: string) => writeFileSync(path.join(using.cache.locks, name), holder);
  const dead = `${process.pid}-1-00000000\n`;
  lock('image-dead', dead);
  // Killed while it waited, and while it took over.
  lock(`image-dead.${process.pid}`, dead);
  lock('image-gone.turn', dead);
  lock('image-living', `${markOf()}\n`);
  const use = new CacheUse(directory);
  use.begin();
  await use.sweep(using.cache, using);
  expect(readdirSync(using.cache.locks)).toEqual(['image-living']);
});

test('without any list of what is used nothing goes but what was abandoned', async () => {
  const directory = temporaryDirectory();
  const [kept = ''] = entries(directory, ['a-1']);
  const using = execution(directory);
  const dead = path.join(using.cache.temporaryRoot, `image.${process.pid}-1-00000000.abcdef`);
  mkdirSync(dead, { recursive: true });
  const use = new CacheUse(directory);
  use.begin();
  await use.sweep(using.cache, using);
  expect([kept, dead].map(existsSync)).toEqual([true, false]);
});

test('a build that is over, or was killed, keeps nothing from going', async () => {
  const directory = temporaryDirectory();
  const using = execution(directory);
  const use = new CacheUse(directory);
  use.begin();
  use.remember('one', []);
  for (const mark of ['', `${process.ppid}-1-00000000`]) {
    const [unused = ''] = entries(directory, ['a-1']);
    writeFileSync(path.join(directory, 'running', `${process.ppid}`), mark);
    await use.sweep(using.cache, using);
    expect(existsSync(unused)).toBe(false);
  }
  // A note that cannot be read tells of nobody.
  const [unused = ''] = entries(directory, ['a-1']);
  mkdirSync(path.join(directory, 'running', '1'));
  await use.sweep(using.cache, using);
  expect(existsSync(unused)).toBe(false);
});

test('a build says that it runs as long as it does', () => {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'running', `${process.pid}`);
  const use = new CacheUse(directory);
  use.begin();
  expect(readFileSync(file, 'utf8')).toBe(`${markOf()}\n`);
  new CacheUse(directory).begin();
  use.end();
  expect(existsSync(file)).toBe(false);
  use.end();
});

test('the same outputs again are the same build; others push the oldest out', () => {
  const directory = temporaryDirectory();
  const use = new CacheUse(directory);
  const remembered = () => JSON.parse(readFileSync(path.join(directory, 'used/nano.json'), 'utf8')) as unknown;
  use.remember('nano', ['a']);
  expect(remembered()).toEqual([['a']]);
  use.remember('nano', ['b']);
  use.remember('nano', ['b']);
  expect(remembered()).toEqual([['b'], ['a']]);

  use.remember('nano', ['c']);
  expect(remembered()).toEqual([['c'], ['b']]);
});
