import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Observation } from '../../../scripts/lab/boot/observation.ts';
import { ProgressWatchdog } from '../../../scripts/lab/boot/watchdog.ts';

let directory = '';
let observation: Observation;
let passed: string[] = [];
let failed: string | undefined;
beforeEach(() => {
  vi.useFakeTimers();
  directory = mkdtempSync(path.join(tmpdir(), 'phyllome-observation-'));
  passed = [];
  const onMilestone = ({ id }: { readonly id: string }) => passed.push(id);
  observation = new Observation({ runDir: directory, timeScale: 2, onMilestone });
  failed = undefined;
  observation.failed.catch(({ code }) => {
    failed = code;
  });
});
afterEach(() => {
  observation.boot.stopWatching();
  observation.close();
  rmSync(directory, { recursive: true });
  vi.useRealTimers();
});

/** The code of the failure; undefined while there is none. */
async function failure(): Promise<string | undefined> {
  await vi.advanceTimersByTimeAsync(0);
  return failed;
}

const completed = (stderr = '') => ({ exitCode: 0, signal: null, stdout: '', stderr, timedOut: false, durationMs: 0 });

test('a system that asks for a login and whose agent says nothing has failed, at the speed of the machine', async () => {
  observation.consolePrompt('nano login: ');
  expect(passed).toEqual(['login']);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await failure()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await failure()).toBe('agent-silent');
});

test('one whose agent has spoken has not', async () => {
  observation.boot.greet();
  await observation.boot.hello;
  observation.consolePrompt('nano login: ');
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await failure()).toBeUndefined();
  expect(passed).toEqual(['agent', 'login']);
});

test('a fatal line ends the boot, once its reasons were heard', async () => {
  observation.consoleLine('Kernel panic - not syncing: Attempted to kill init!');
  await vi.advanceTimersByTimeAsync(1400);
  expect(await failure()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect(await failure()).toBe('boot-broken');
});

test('a machine that ends for a fatal line is broken, not ended', async () => {
  observation.consoleLine('Kernel panic - not syncing: Attempted to kill init!');
  observation.machineEnded(completed());
  expect(await failure()).toBe('boot-broken');
});

test('a machine that ends for nothing that was seen has ended, and its last event says how', async () => {
  observation.qmpEvent({ event: 'SHUTDOWN', data: { guest: true, reason: 'guest-reset' } });
  observation.machineEnded(completed());
  expect(await failure()).toBe('machine-ended');
  await expect(observation.failed).rejects.toThrow('the guest restarted itself');
});

test('a new boot has milestones and an agent of its own; log, time and failure go on', async () => {
  observation.consoleLine('Linux version 6.12');
  observation.boot.greet();
  const reset = observation.expectReset();
  observation.qmpEvent({ event: 'STOP' });
  observation.qmpEvent({ event: 'RESET' });
  await reset;
  const boot = observation.beginBoot();
  expect(boot.milestones.passed).toEqual([]);
  let greeted = false;
  void boot.hello.then(() => {
    greeted = true;
  });
  observation.consoleLine('Linux version 6.12');
  await vi.advanceTimersByTimeAsync(0);
  expect(greeted).toBe(false);
  expect(boot.milestones.passed.map(({ id }) => id)).toEqual(['kernel']);
  expect(passed).toEqual(['kernel', 'agent', 'kernel']);
  const log = readFileSync(path.join(directory, 'console.log'), 'utf8');
  expect(log.match(/Linux version/g)).toHaveLength(2);
  // Who waits since the first boot hears of the second.
  const waiting = observation.failed;
  observation.consolePrompt('nano login: ');
  await vi.advanceTimersByTimeAsync(60_000);
  await expect(waiting).rejects.toMatchObject({ code: 'agent-silent' });
});

test('progress is what the console, the journal and the agent say, and not that systemd waits', async () => {
  let stalls = 0;
  const options = { limitMs: 10_000, bytesRead: async () => 0, onStall: () => (stalls += 1) };
  observation.boot.watch(new ProgressWatchdog(options));
  for (const sign of [
    () => observation.consoleLine('Starting something'),
    () => observation.journalLine('{}'),
    () => observation.boot.greet(),
  ]) {
    await vi.advanceTimersByTimeAsync(8000);
    sign();
  }
  expect(stalls).toBe(0);
  await vi.advanceTimersByTimeAsync(8000);
  observation.consoleLine('[  *** ] A start job is running for hang.service (8s / no limit)');
  await vi.advanceTimersByTimeAsync(4000);
  expect(stalls).toBe(1);
});

test('a watch that another one takes over from is off', async () => {
  let stalls = 0;
  const watchdog = () =>
    new ProgressWatchdog({ limitMs: 10_000, bytesRead: async () => 0, onStall: () => (stalls += 1) });
  observation.boot.watch(watchdog());
  observation.boot.watch(watchdog());
  observation.boot.stopWatching();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stalls).toBe(0);
});
