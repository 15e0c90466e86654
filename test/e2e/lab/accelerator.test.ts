import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AcceleratorChoice, findAccelerator } from '../../../scripts/lab/accelerator/index.ts';
import { type Command, type RunningProcess, type RunOptions, SystemRunner } from '../../../scripts/process/index.ts';
import { processesWith, temporaryDirectory, toolsTree } from './environment.ts';

let cacheDir = '';
beforeAll(async () => {
  cacheDir = await temporaryDirectory();
});
afterAll(() => rm(cacheDir, { recursive: true }));

/** Notes which accelerators run a guest. */
class CountingRunner extends SystemRunner {
  readonly guests: string[] = [];

  override start(command: Command, options?: RunOptions): RunningProcess {
    const accelerator = command.argv[command.argv.indexOf('-accel') + 1];
    if (command.argv.includes('-accel') && accelerator !== undefined) this.guests.push(accelerator.split(',')[0] ?? '');
    return super.start(command, options);
  }
}

async function find(): Promise<AcceleratorChoice & { readonly guests: readonly string[] }> {
  const runner = new CountingRunner();
  const choice = await findAccelerator({ requested: 'auto', runner, toolsRoot: toolsTree(), cacheDir });
  return { ...choice, guests: runner.guests };
}

test('both accelerators are judged by a guest, once per start of the machine', async () => {
  const first = await find();
  expect(first.remembered).toBe(false);
  expect(first.results.tcg.verdict).toBe('works');
  expect(first.results.tcg.iterationsPerSecond).toBeGreaterThan(0);
  expect(first.chosen).toBe(first.results.kvm.verdict === 'works' ? 'kvm' : 'tcg');
  expect(first.guests).toEqual(['tcg', 'kvm']);

  const second = await find();
  expect(second.remembered).toBe(true);
  expect(second.chosen).toBe(first.chosen);
  // Only the speed of what will be used is measured again.
  expect(second.guests).toEqual([first.chosen]);
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
