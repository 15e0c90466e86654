import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { StageCache } from '../../scripts/plan/index.ts';
import { stageKey } from '../../scripts/plan/key.ts';
import { missingStages } from '../../scripts/plan/missing.ts';
import type { CachedStage, Stage } from '../../scripts/plan/plan.ts';
import { stage, temporaryDirectory } from './fixtures.ts';

const one = stage('one', 'true');
const two = stage('two', 'true', { key: { values: [], stages: ['one'], files: ['${one}/list'] } });
const three = stage('three', 'true');
const work: Stage = { id: 'work', title: 'work', runs: 'in-order', steps: [] };

/** Puts outputs into the cache as a run would; their directories by id. */
function made(root: string, stages: readonly CachedStage[], content = 'x'): Map<string, string> {
  const keys = new Map<string, string>();
  const directories = new Map([['cache', root]]);
  for (const each of stages) {
    const key = stageKey(each, keys, directories);
    keys.set(each.id, key);
    const directory = new StageCache(root).directoryOf(each, key);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'list'), content);
    directories.set(each.id, directory);
  }
  return directories;
}

const missing = (root: string, offline = false, stages: readonly Stage[] = [one, work, two, three]) =>
  missingStages({ name: 'p', stages }, new StageCache(root), offline).map(({ id }) => id);

test('nothing is there: all that a cache keeps', () => {
  expect(missing(temporaryDirectory())).toEqual(['one', 'two', 'three']);
});

test('the first that is not there and all after it, although some of them are', () => {
  const root = temporaryDirectory();
  made(root, [one]);
  made(root, [three]);
  expect(missing(root)).toEqual(['two', 'three']);
});

test('all are there: none, and what their keys depend on counts', () => {
  const root = temporaryDirectory();
  const directories = made(root, [one, two, three]);
  expect(missing(root)).toEqual([]);
  writeFileSync(path.join(directories.get('one') ?? '', 'list'), 'other');
  expect(missing(root)).toEqual(['two', 'three']);
});

test('a file of the key that an earlier stage has yet to write cannot be read', () => {
  const needy = stage('needy', 'true', { key: { values: [], stages: [], files: ['${cache}/list', '${cache}/more'] } });
  const root = temporaryDirectory();
  expect(missing(root, false, [needy])).toEqual(['needy']);
  made(root, [one]);
  expect(missing(root, false, [one, needy, three])).toEqual(['needy', 'three']);
  writeFileSync(path.join(root, 'list'), '');
  expect(missing(root, false, [needy])).toEqual(['needy']);
  writeFileSync(path.join(root, 'more'), '');
  made(root, [needy]);
  expect(missing(root, false, [needy])).toEqual([]);
});

test('what is old is missing, unless the run is to be offline', () => {
  const index = stage('index', 'true', { reuse: { kind: 'for', milliseconds: 1000 } });
  const root = temporaryDirectory();
  const directory = made(root, [index]).get('index') ?? '';
  expect(missing(root, false, [index])).toEqual([]);
  utimesSync(directory, 1, 1);
  expect(missing(root, false, [index])).toEqual(['index']);
  expect(missing(root, true, [index])).toEqual([]);
});
