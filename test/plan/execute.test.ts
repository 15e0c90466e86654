import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { executeStage } from '../../scripts/plan/execute.ts';
import { newState } from '../../scripts/plan/execution.ts';
import type { CachedStage, Execution } from '../../scripts/plan/index.ts';
import { markOf } from '../../scripts/process/index.ts';
import { execution, stage, temporaryDirectory } from './fixtures.ts';

async function run(stages: readonly CachedStage[], using: Execution) {
  const state = newState();
  for (const one of stages) await executeStage(one, state, using, () => {});
  return state;
}

const reused = (state: Awaited<ReturnType<typeof run>>) => state.outcomes.map((outcome) => outcome.reused);

test('an output is made once and used again', async () => {
  const using = execution(temporaryDirectory());
  const one = stage('one', 'echo made > "$0/file"');
  expect(reused(await run([one], using))).toEqual([false]);
  const again = await run([one], using);
  expect(reused(again)).toEqual([true]);
  expect(readFileSync(path.join(again.directories.get('one') ?? '', 'file'), 'utf8')).toBe('made\n');
});

test('outputs are for their owner only', async () => {
  const directory = temporaryDirectory();
  await run([stage('one', 'true')], execution(directory));
  expect(statSync(path.join(directory, 'stages')).mode & 0o077).toBe(0);
});

test('a changed value, file, script or earlier stage makes a new key; nothing else does', async () => {
  const directory = temporaryDirectory();
  const using = execution(directory);
  const input = path.join(directory, 'input');
  writeFileSync(input, 'a');
  const stages = (script: string, value: string): CachedStage[] => [
    stage('one', script),
    stage('two', ': > "$0/file"', { key: { values: [value], stages: ['one'], files: [input] } }),
  ];
  const keyOf = async (script: string, value: string) => (await run(stages(script, value), using)).keys.get('two');
  const first = await keyOf('true', 'v');
  expect(await keyOf('true', 'v')).toBe(first);
  expect(await keyOf('true', 'w')).not.toBe(first);
  expect(await keyOf('true; true', 'v')).not.toBe(first);
  writeFileSync(input, 'b');
  expect(await keyOf('true', 'v')).not.toBe(first);
});

test('a failed step leaves nothing behind, names its place and log, and the next run starts anew', async () => {
  const directory = temporaryDirectory();
  const using = execution(directory);
  const failing = stage('one', 'echo half > "$0/file"; echo reason >&2; exit 1');
  const failure = await run([failing], using).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ReportedError);
  const hint = (failure as ReportedError).diagnostics[0]?.hint ?? '';
  expect(hint).toContain('reason');
  expect(hint).toContain(path.join(using.logDirectory, 'one.log'));
  expect(readdirSync(path.join(directory, 'tmp'))).toEqual([]);
  expect(existsSync(path.join(directory, 'stages'))).toBe(false);
});

test('a script that may fail is a warning and the work goes on', async () => {
  const base = stage('one', 'exit 1');
  const steps = base.steps.map((step) => ({ ...step, onFailure: 'warn' as const }));
  const state = await run([{ ...base, steps }], execution(temporaryDirectory()));
  expect(state.warnings).toMatchObject([{ severity: 'warning', code: 'step-failed' }]);
});

test('an interruption stops the program, leaves no half output, and the cache works afterwards', async () => {
  const directory = temporaryDirectory();
  const abort = new AbortController();
  const slow = stage('one', 'echo half > "$0/file"; sleep 30');
  const running = run([slow], execution(directory, { signal: abort.signal }));
  await sleep(300);
  abort.abort();
  await expect(running).rejects.toMatchObject({ exitCode: 130 });
  expect(readdirSync(path.join(directory, 'tmp'))).toEqual([]);
  expect(readdirSync(path.join(directory, 'locks'))).toEqual([]);
});

test('a second process waits for the first and takes its output', async () => {
  const directory = temporaryDirectory();
  const log = path.join(directory, 'log');
  const slow = stage('one', `sleep 0.5; echo x >> ${log}; : > "$0/file"`);
  // Two executions of one process differ from two processes only in the lock's holder, which is alive in both cases.
  const other = path.join(
    directory,
    'locks',
    `one-${(await import('../../scripts/plan/key.ts')).stageKey(slow, new Map(), new Map())}`,
  );
  const holder = execution(directory);
  const { mkdirSync } = await import('node:fs');
  mkdirSync(path.dirname(other), { recursive: true });
  writeFileSync(other, `${markOf(process.ppid)}\n`);
  const waited: string[] = [];
  const running = executeStage(slow, newState(), holder, (text) => waited.push(text));
  await sleep(400);
  expect(waited.join()).toContain(`waiting for process ${process.ppid}`);
  (await import('node:fs')).rmSync(other);
  await running;
  expect(readFileSync(log, 'utf8')).toBe('x\n');
});

test('the lock of a dead process is taken over, also where another process has its number by now', async () => {
  const directory = temporaryDirectory();
  const one = stage('one', 'true');
  const { stageKey } = await import('../../scripts/plan/key.ts');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(path.join(directory, 'locks'));
  writeFileSync(
    path.join(directory, 'locks', `one-${stageKey(one, new Map(), new Map())}`),
    `${process.ppid}-1-00000000\n`,
  );
  expect(reused(await run([one], execution(directory)))).toEqual([false]);
});

test('offline: what needs the network is refused, what is cached is used although old', async () => {
  const directory = temporaryDirectory();
  const base = stage('index', 'true', { reuse: { kind: 'for', milliseconds: 1000 } });
  const index = { ...base, steps: base.steps.map((step) => ({ ...step, needs: ['network' as const] })) };
  await expect(run([index], execution(directory, { offline: true }))).rejects.toMatchObject({ exitCode: 3 });
  const made = await run([index], execution(directory));
  const old = new Date(Date.now() - 60_000);
  utimesSync(made.directories.get('index') ?? '', old, old);
  expect(reused(await run([index], execution(directory, { offline: true })))).toEqual([true]);
  expect(reused(await run([index], execution(directory)))).toEqual([false]);
  expect(reused(await run([index], execution(directory)))).toEqual([true]);
  expect(reused(await run([index], execution(directory, { refresh: true })))).toEqual([false]);
});

test('an output is used again as long as no file that it contains has changed', async () => {
  const directory = temporaryDirectory();
  const using = execution(directory);
  const changes = path.join(directory, 'changes');
  const initramfs = stage('initramfs', 'printf "/etc/inside\\n/usr/bin/sh\\n" > "$0/contents"', {
    reuse: { kind: 'if-unseen', contents: 'contents', changes },
  });
  const withChanges = async (text: string) => {
    writeFileSync(changes, text);
    return reused(await run([initramfs], using))[0];
  };
  expect(await withChanges('/etc/inside\t1\n')).toBe(false);
  expect(await withChanges('/etc/inside\t1\n/etc/outside\t1\n')).toBe(true);
  expect(await withChanges('/etc/inside\t2\n/etc/outside\t1\n')).toBe(false);
  expect(await withChanges('/etc/inside\t2\n')).toBe(true);
  expect(await withChanges('')).toBe(false);
});
