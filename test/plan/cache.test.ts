import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { StageCache } from '../../scripts/plan/index.ts';
import type { CachedStage } from '../../scripts/plan/plan.ts';
import { markOf } from '../../scripts/process/index.ts';
import { stage, temporaryDirectory } from './fixtures.ts';

const policy = { offline: false, refresh: false };
const asIs = (text: string) => text;

function cacheWith(one: CachedStage, key = 'k'): { cache: StageCache; directory: string } {
  const cache = new StageCache(temporaryDirectory());
  const directory = cache.directoryOf(one, key);
  mkdirSync(directory, { recursive: true });
  return { cache, directory };
}

test('an output lies below the stage’s name and key, one under way in a place of its process', () => {
  const cache = new StageCache(temporaryDirectory());
  expect(cache.directoryOf(stage('one', ''), 'abc')).toBe(path.join(cache.root, 'stages/one-abc'));
  const begun = cache.begin(stage('one', ''));
  expect(path.dirname(begun)).toBe(path.join(cache.root, 'tmp'));
  expect(path.basename(begun)).toMatch(new RegExp(`^one\\.${markOf()}\\.\\w{6}$`));
  expect(statSync(path.dirname(begun)).mode & 0o777).toBe(0o700);
  expect(readdirSync(begun)).toEqual([]);
});

test('an output is found under its own key only', () => {
  const one = stage('one', '');
  const { cache, directory } = cacheWith(one);
  expect(cache.find(one, 'k', asIs, policy)).toBe(directory);
  expect(cache.find(one, 'other', asIs, policy)).toBeUndefined();
  expect(cache.find(stage('two', ''), 'k', asIs, policy)).toBeUndefined();
});

test('what is good for a time is found until it is over; offline always, refreshed never', () => {
  const index = stage('index', '', { reuse: { kind: 'for', milliseconds: 60_000 } });
  const { cache, directory } = cacheWith(index);
  const aged = (seconds: number) => utimesSync(directory, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
  const found = (more: Partial<typeof policy> = {}) => cache.find(index, 'k', asIs, { ...policy, ...more });
  const now = vi.spyOn(Date, 'now');
  utimesSync(directory, 1000, 1000);
  now.mockReturnValue(1_060_000);
  expect(found()).toBe(directory);
  now.mockReturnValue(1_060_001);
  expect(found()).toBeUndefined();
  now.mockRestore();
  aged(30);
  expect([found(), found({ refresh: true }), found({ offline: true, refresh: true })]).toEqual([
    directory,
    undefined,
    directory,
  ]);
  aged(90);
  expect([found(), found({ offline: true })]).toEqual([undefined, directory]);
  // Others do not grow old, and there is nothing of them to refresh.
  const lasting = { ...index, reuse: { kind: 'always' } as const };
  expect(cache.find(lasting, 'k', asIs, { ...policy, refresh: true })).toBe(directory);
});

test('an output that holds nothing that changed is found', () => {
  const initramfs = stage('initramfs', '', { reuse: { kind: 'if-unseen', contents: 'list', changes: '${x}/changes' } });
  const { cache, directory } = cacheWith(initramfs);
  const changes = path.join(cache.root, 'changes');
  const fill = (text: string) => text.replace('${x}', cache.root);
  writeFileSync(path.join(directory, 'list'), '/etc/a\n/etc/b\n');
  writeFileSync(changes, '/etc/a\t1\n/etc/b\t1\n/etc/c\t1\n');
  const seen = cache.describe(initramfs, directory, fill);
  expect(seen?.name).toBe('seen');
  expect(seen?.content).toMatch(/^[0-9a-f]{64}$/);
  writeFileSync(path.join(directory, 'seen'), seen?.content ?? '');
  const isFoundWith = (text: string) => {
    writeFileSync(changes, text);
    return cache.find(initramfs, 'k', fill, policy) === directory;
  };
  expect(isFoundWith('/etc/a\t1\n/etc/b\t1\n/etc/c\t2\n')).toBe(true);
  expect(isFoundWith('/etc/a\t1\n/etc/b\t1\n')).toBe(true);
  expect(isFoundWith('/etc/a\t2\n/etc/b\t1\n/etc/c\t1\n')).toBe(false);
  expect(isFoundWith('/etc/a\t1\n/etc/c\t1\n')).toBe(false);
  expect(isFoundWith('/etc/a\t1/etc/b\t1\n')).toBe(false);
  // The path is what stands before the first tab, all of it.
  expect(isFoundWith('/etc/a\t1\n/etc/b\t1\n/etc/a /etc/b\t1\n')).toBe(true);
});

test('only outputs that are reused by what they hold remember that', () => {
  const one = stage('one', '');
  const { cache, directory } = cacheWith(one);
  expect(cache.describe(one, directory, asIs)).toBeUndefined();
});

test('a whole output gets its name and the time of now; an older one is handed back', () => {
  const cache = new StageCache(temporaryDirectory());
  const one = stage('one', '');
  const make = (content: string) => {
    const temporary = cache.begin(one);
    writeFileSync(path.join(temporary, 'file'), content);
    utimesSync(temporary, 1, 1);
    return { temporary, ...cache.finish(one, 'k', temporary) };
  };
  const first = make('a');
  expect(first.directory).toBe(cache.directoryOf(one, 'k'));
  expect(first).not.toHaveProperty('replaced');
  expect(existsSync(first.temporary)).toBe(false);
  expect(Date.now() - statSync(first.directory).mtimeMs).toBeLessThan(600_000);
  expect(statSync(path.dirname(first.directory)).mode & 0o777).toBe(0o700);
  const second = make('b');
  expect(second.replaced).toBe(`${second.temporary}.replaced`);
  expect(readFileSync(path.join(second.directory, 'file'), 'utf8')).toBe('b');
  expect(readFileSync(path.join(second.replaced ?? '', 'file'), 'utf8')).toBe('a');
});

test('outputs that nobody names are unused, an empty cache has none', () => {
  const one = stage('one', '');
  const { cache, directory } = cacheWith(one, 'a');
  const other = cache.directoryOf(one, 'b');
  mkdirSync(other);
  expect(cache.unused(new Set([directory]))).toEqual([other]);
  expect(cache.unused(new Set([directory, other]))).toEqual([]);
  const empty = new StageCache(temporaryDirectory());
  expect([empty.unused(new Set()), empty.abandoned()]).toEqual([[], []]);
});

test('what a dead process began is abandoned, and so is what no process can be told of', () => {
  const cache = new StageCache(temporaryDirectory());
  const living = cache.begin(stage('one', ''));
  const gone = [`one.${process.pid}-1-00000000.abc`, 'nameless'].map((name) => path.join(cache.temporaryRoot, name));
  for (const directory of gone) mkdirSync(directory);
  expect(cache.abandoned().sort()).toEqual(gone.sort());
  expect(existsSync(living)).toBe(true);
});
