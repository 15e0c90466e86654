import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { processesWith } from '../lab/environment.ts';
import { passes } from './boots-well.ts';
import { phyllome, places } from './phyllome.ts';

/** Two machines that go into a budget of four cores together, whatever this computer has. */
const machines = ['small-memory', 'wrong-clock'];
const args = ['test', 'nano', '--again', '--cores', '4', '--memory', '6000', '--scenario', ...machines];
const reportOf = (machine: string) => path.join(places.out, 'nano', 'test', 'scenarios', machine);
/** QEMU's command line names the directory of its run. */
const running = async () => (await Promise.all(machines.map((name) => processesWith(`${reportOf(name)}/`)))).flat();

test('two machines run side by side, and both tell their verdict', async () => {
  await passes(...args);
  const runs = machines.map(
    (name) => JSON.parse(readFileSync(path.join(reportOf(name), 'results.json'), 'utf8')) as TestRun,
  );
  expect(runs.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
  const on = runs.map(({ startedAt, timings }) => {
    const start = Date.parse(startedAt);
    return { start, end: start + timings.verdictMs };
  });
  // Both had begun before either had ended.
  expect(Math.max(...on.map(({ start }) => start))).toBeLessThan(Math.min(...on.map(({ end }) => end)));
  expect(await running()).toEqual([]);
});

test('Ctrl-C ends both', async () => {
  let atCtrlC: readonly number[] = [];
  const { exitCode, stderr } = await phyllome(args, {
    onStart: async (pid) => {
      const started = Date.now();
      // Both kernels speak: neither is only about to be started.
      while (!machines.every((name) => speaksSince(name, started)) && Date.now() < started + 120_000) await sleep(200);
      atCtrlC = await running();
      process.kill(pid, 'SIGINT');
    },
  });
  expect(exitCode).toBe(130);
  expect(stderr).not.toMatch(/\bat .*\.ts:\d/);
  expect(atCtrlC.length).toBeGreaterThanOrEqual(2);
  expect(await running()).toEqual([]);
});

function speaksSince(machine: string, time: number): boolean {
  const log = path.join(reportOf(machine), 'console.log');
  if (!existsSync(log)) return false;
  const { mtimeMs } = statSync(log);
  return mtimeMs > time && readFileSync(log, 'utf8').includes('Linux version');
}
