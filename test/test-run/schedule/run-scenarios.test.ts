import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EnvironmentError, Interrupted } from '../../../scripts/diagnostic/index.ts';
import { RecordingRunner } from '../../../scripts/process/index.ts';
import type { TestRun, testImage } from '../../../scripts/test-run/index.ts';
import type { MachinePlan } from '../../../scripts/test-run/schedule/plan-machines.ts';
import { RememberedVerdicts } from '../../../scripts/test-run/schedule/remembered-verdicts.ts';
import { runScenarios, type ScenariosOptions } from '../../../scripts/test-run/schedule/run-scenarios.ts';
import { manifestWith } from '../../checks/context.ts';
import { sampleRun } from '../../report/test-run/sample-run.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'phyllome-scenarios-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const machine = (id: string): MachinePlan => ({
  id,
  topology: { topology: id, summary: 'x' },
  scenarios: [id],
  checks: [],
  snapshots: false,
});

function options(change: Partial<ScenariosOptions> = {}): ScenariosOptions {
  return {
    image: { manifest: manifestWith(), file: '/x.iso' },
    means: { accel: 'tcg', runner: new RecordingRunner(), toolsRoot: '/tools', cacheDir: directory },
    machines: ['one', 'two', 'three'].map(machine),
    directory,
    budget: { memoryMiB: 100_000, cores: 2 },
    failFast: false,
    again: false,
    onRun: async () => {},
    verdicts: new RememberedVerdicts(path.join(directory, 'cache'), { code: 'x', toolsRoot: '/tools', accel: 'tcg' }),
    ...change,
  };
}

const nameOf = (hardware: Parameters<typeof testImage>[1]['hardware']): string =>
  ('topology' in hardware && hardware.topology?.topology) || '';

/** A lab whose machine of that name fails; those of `slow` take until somebody stops them. */
function lab(failing: string, slow: readonly string[] = []) {
  const booted: string[] = [];
  const boot: typeof testImage = async (_, { hardware }, { signal } = {}): Promise<TestRun> => {
    const name = nameOf(hardware);
    booted.push(name);
    if (slow.includes(name)) {
      await sleep(60_000, undefined, { ...(signal && { signal }) }).catch(() => {
        throw new Interrupted();
      });
    }
    return sampleRun({ verdict: name === failing ? 'failed' : 'passed' });
  };
  return { booted, boot };
}

const verdicts = ({ outcomes }: Awaited<ReturnType<typeof runScenarios>>) =>
  outcomes.map((outcome) => ('run' in outcome ? outcome.run.verdict : 'not run'));

test('a machine that fails does not keep the others from running', async () => {
  const { booted, boot } = lab('one');
  expect(verdicts(await runScenarios(options(), boot))).toEqual(['failed', 'passed', 'passed']);
  expect(booted).toEqual(['one', 'two', 'three']);
});

test('with --fail-fast, what runs beside it is ended and nothing else is started', async () => {
  const { booted, boot } = lab('two', ['one']);
  const outcomes = await runScenarios(options({ failFast: true, budget: { memoryMiB: 100_000, cores: 4 } }), boot);
  expect(verdicts(outcomes)).toEqual(['not run', 'failed', 'not run']);
  // Both at once: which of them is first is chance.
  expect([...booted].sort()).toEqual(['one', 'two']);
});

test('what the computer lacks is an error, not a verdict, and ends everything; what is known by then is told', async () => {
  const { boot } = lab('');
  const lacking: typeof testImage = (image, machine, policy) =>
    nameOf(machine.hardware) === 'two'
      ? Promise.reject(new EnvironmentError({ code: 'x', severity: 'error', message: 'there is no firmware' }))
      : boot(image, machine, policy);
  const end = await runScenarios(options(), lacking);
  expect(verdicts(end)).toEqual(['passed', 'not run', 'not run']);
  expect(end.failure).toMatchObject({ message: 'there is no firmware' });
});

test('an interrupted run says so', async () => {
  const controller = new AbortController();
  const { boot } = lab('', ['one', 'two', 'three']);
  const running = runScenarios(options({ signal: controller.signal }), boot);
  setTimeout(() => controller.abort(), 20);
  expect((await running).failure).toBeInstanceOf(Interrupted);
});

test('what was well is not booted again, but on request', async () => {
  const { booted, boot } = lab('two');
  await runScenarios(options(), boot);
  const told: string[] = [];
  const onRun: ScenariosOptions['onRun'] = async ({ id }, { reusedFrom }) => {
    if (reusedFrom !== undefined) told.push(id);
  };
  await runScenarios(options({ onRun }), boot);
  expect(booted).toEqual(['one', 'two', 'three', 'two']);
  expect(told).toEqual(['one', 'three']);
  await runScenarios(options({ again: true }), boot);
  expect(booted).toHaveLength(7);
});

test('a reused run is not told with the logs of another that was made in its place since', async () => {
  const { boot } = lab('');
  await runScenarios(options({ machines: [machine('one')] }), boot);
  const runDir = path.join(directory, 'one');
  mkdirSync(runDir);
  writeFileSync(path.join(runDir, 'console.log'), 'of another image');
  writeFileSync(
    path.join(runDir, 'results.json'),
    JSON.stringify(sampleRun({ startedAt: '2026-01-01T00:00:00.000Z' })),
  );
  await runScenarios(options({ machines: [machine('one')] }), boot);
  expect(existsSync(runDir)).toBe(false);
  mkdirSync(runDir);
  writeFileSync(path.join(runDir, 'results.json'), JSON.stringify(sampleRun()));
  await runScenarios(options({ machines: [machine('one')] }), boot);
  expect(existsSync(runDir)).toBe(true);
});
