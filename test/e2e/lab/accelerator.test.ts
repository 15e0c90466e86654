import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAccelerator } from '../../../scripts/lab/accelerator/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { processesWith, temporaryDirectory, toolsTree } from './environment.ts';

let cacheDir = '';
beforeAll(async () => {
  cacheDir = await temporaryDirectory();
});
afterAll(() => rm(cacheDir, { recursive: true }));

const find = (requested: 'auto' | 'tcg') =>
  findAccelerator({ requested, runner: new SystemRunner(), toolsRoot: toolsTree(), cacheDir });

test('both accelerators are judged by a guest, once per start of the machine', async () => {
  const first = await find('auto');
  expect(first.remembered).toBe(false);
  expect(first.results.tcg.verdict).toBe('works');
  expect(first.results.tcg.iterationsPerSecond).toBeGreaterThan(1_000_000);
  expect(first.chosen).toBe(first.results.kvm.verdict === 'works' ? 'kvm' : 'tcg');
  // The issue asks for 2 s; a shared machine gets twice that before this fails.
  expect(first.durationMs).toBeLessThan(4000);

  const second = await find('auto');
  expect(second.remembered).toBe(true);
  expect(second.chosen).toBe(first.chosen);
  expect(second.durationMs).toBeLessThan(first.durationMs);
  const record = JSON.parse(await readFile(path.join(cacheDir, 'lab', 'accelerator.json'), 'utf8')) as {
    results: unknown;
  };
  expect(record.results).toEqual(first.results);
  expect(await processesWith(cacheDir)).toEqual([]);
});

test('a tools tree that is none is an error of the environment', async () => {
  const choice = findAccelerator({ requested: 'tcg', runner: new SystemRunner(), toolsRoot: cacheDir, cacheDir });
  await expect(choice).rejects.toMatchObject({ exitCode: 3, diagnostics: [{ code: 'tools-tree-unusable' }] });
});
