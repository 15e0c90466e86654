import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stageKey } from '../../scripts/plan/key.ts';
import type { CachedStage, Step } from '../../scripts/plan/plan.ts';
import { temporaryDirectory } from './fixtures.ts';

const step: Step = { id: 'do', title: 'doing', argv: ['make', '${one}/x'], needs: [] };

function stageWith(more: Partial<CachedStage> = {}): CachedStage {
  return {
    id: 'one',
    title: 'one',
    key: { values: ['a', 'b'], stages: ['before'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 0,
    steps: [step],
    ...more,
  };
}

const keys = new Map([['before', 'k1']]);
const keyOf = (more: Partial<CachedStage> = {}, before = keys) => stageKey(stageWith(more), before, new Map());
const first = keyOf();

test('a key is the first 20 digits of a hash over inputs, each with its name and length', () => {
  const directory = temporaryDirectory();
  writeFileSync(path.join(directory, 'list'), 'content');
  const stage = stageWith({ key: { values: ['a'], stages: ['before', 'unknown'], files: ['${one}/list'] } });
  const hashed = [
    ['format', '1'],
    ['stage', 'one'],
    ['value', 'a'],
    ['key of before', 'k1'],
    ['key of unknown', ''],
    ['file ${one}/list', 'content'],
    ['step do', '[["make","${one}/x"],"",{}]'],
  ].map(([label, value = '']) => `${label} ${value.length}\n${value}`);
  const expected = createHash('sha256').update(hashed.join('')).digest('hex').slice(0, 20);
  expect(stageKey(stage, keys, new Map([['one', directory]]))).toBe(expected);
});

test.each<[string, Partial<CachedStage>]>([
  ['its id', { id: 'two' }],
  ['a value', { key: { values: ['a', 'c'], stages: ['before'], files: [] } }],
  ['the order of values', { key: { values: ['b', 'a'], stages: ['before'], files: [] } }],
  ['where one value ends', { key: { values: ['ab', ''], stages: ['before'], files: [] } }],
  ['the stages before', { key: { values: ['a', 'b'], stages: [], files: [] } }],
  ['the id of a step', { steps: [{ ...step, id: 'other' }] }],
  ['a word of a command', { steps: [{ ...step, argv: ['make', '${one}/y'] }] }],
  ['standard input', { steps: [{ ...step, stdin: 'in' }] }],
  ['the environment', { steps: [{ ...step, env: { A: '1' } }] }],
  ['a further step', { steps: [step, step] }],
])('another key when this is other: %s', (_, more) => {
  expect(keyOf(more)).not.toBe(first);
});

test('another key when that of a stage before is other', () => {
  expect(keyOf({}, new Map([['before', 'k2']]))).not.toBe(first);
  expect(keyOf({}, new Map())).not.toBe(first);
});

test.each<[string, Partial<CachedStage>]>([
  ['titles', { title: 'One', steps: [{ ...step, title: 'Doing' }] }],
  ['how long an output is used', { reuse: { kind: 'for', milliseconds: 1 } }],
  ['the expected size', { estimatedBytes: 7 }],
  ['what a step needs of the computer', { steps: [{ ...step, needs: ['network'] }] }],
  ['an empty input or environment', { steps: [{ ...step, stdin: '', env: {} }] }],
])('the same key when only this is other: %s', (_, more) => {
  expect(keyOf(more)).toBe(first);
});

test('a file’s content counts, its place in the cache does not', () => {
  const [one, two] = [temporaryDirectory(), temporaryDirectory()];
  const stage = stageWith({ key: { values: [], stages: [], files: ['${before}/list'] } });
  const keyIn = (directory: string) => stageKey(stage, keys, new Map([['before', directory]]));
  for (const directory of [one, two]) writeFileSync(path.join(directory, 'list'), 'a');
  expect(keyIn(one)).toBe(keyIn(two));
  writeFileSync(path.join(two, 'list'), 'b');
  expect(keyIn(one)).not.toBe(keyIn(two));
});
