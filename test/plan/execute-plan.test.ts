import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type CachedStage, executePlan } from '../../scripts/plan/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';
import { stage, temporaryDirectory } from './fixtures.ts';

function running(cache: string) {
  const host = { places: { cache }, runner: new SystemRunner(), signal: new AbortController().signal };
  return (rememberedAs: string, stages: readonly CachedStage[]) =>
    executePlan(
      { name: rememberedAs, stages },
      { rememberedAs, logDirectory: path.join(cache, 'logs') },
      host,
      () => 'made',
    ).catch(() => 'failed');
}

test('what was made before a stage failed is used by the next tries, whatever they change, and by the one that succeeds', async () => {
  const cache = temporaryDirectory();
  const build = running(cache);
  // Something is in use already: what nobody uses is swept.
  expect(await build('other', [stage('other', 'true')])).toBe('made');
  const count = path.join(cache, 'count');
  const dear = stage('root-tree', `echo made >> ${count}`);
  for (const end of ['false', 'echo 2; false', 'echo 3; false']) {
    expect(await build('host', [dear, stage('configure', end)])).toBe('failed');
  }
  expect(await build('host', [dear, stage('configure', 'true')])).toBe('made');
  expect(readFileSync(count, 'utf8')).toBe('made\n');
});

test('a try that fails early does not forget what the one before it had made, nor what the last good builds used', async () => {
  const cache = temporaryDirectory();
  const build = running(cache);
  const count = path.join(cache, 'count');
  const good = [stage('root-tree', `echo good >> ${count}`), stage('configure', 'true')];
  expect(await build('host', good)).toBe('made');
  const index = stage('index', 'true');
  const other = stage('root-tree', `echo other >> ${count}`);
  expect(await build('host', [index, other, stage('configure', 'false')])).toBe('failed');
  expect(await build('host', [index, stage('root-tree', 'false')])).toBe('failed');
  expect(await build('host', [index, other, stage('configure', 'echo again; false')])).toBe('failed');
  expect(await build('host', good)).toBe('made');
  expect(readFileSync(count, 'utf8')).toBe('good\nother\n');
});

test('a broken list of what is in use is nothing to stop at', async () => {
  const cache = temporaryDirectory();
  const build = running(cache);
  mkdirSync(path.join(cache, 'used'), { recursive: true });
  writeFileSync(path.join(cache, 'used/host.json'), '');
  expect(await build('host', [stage('one', 'true')])).toBe('made');
});
