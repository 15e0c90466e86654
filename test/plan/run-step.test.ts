import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Diagnostic, ReportedError } from '../../scripts/diagnostic/index.ts';
import type { Execution } from '../../scripts/plan/index.ts';
import type { Step } from '../../scripts/plan/plan.ts';
import { commandOf, runStep } from '../../scripts/plan/run-step.ts';
import {
  CommandFailed,
  CommandNotFound,
  type Completed,
  RecordingRunner,
  type Runner,
} from '../../scripts/process/index.ts';
import { execution, temporaryDirectory } from './fixtures.ts';

const step: Step = { id: 'do', title: 'Doing', argv: ['make', '${one}/x'], needs: [] };
const directories = new Map([['one', '/cache/one']]);
const completed: Completed = {
  exitCode: 2,
  signal: null,
  stdout: '',
  stderr: 'broken',
  durationMs: 1,
  timedOut: false,
};
const failure = new CommandFailed({ argv: ['make', 'it'] }, completed);

async function run(runner: Runner, more: Partial<Step> = {}, using: Partial<Execution> = {}) {
  const directory = temporaryDirectory();
  const logFile = path.join(directory, 'one.log');
  const shown: string[] = [];
  const warnings = await runStep(
    { ...step, ...more },
    { directories, logFile },
    execution(directory, using, runner),
    (text) => shown.push(text),
  );
  return { warnings, shown, logFile };
}

/** A program that prints these lines. */
function printing(...lines: string[]): Runner {
  return {
    start: () => new RecordingRunner().start({ argv: ['none'] }),
    run: async (_command, options) => {
      for (const line of lines) options?.onLine?.(line, 'stdout');
      return { ...completed, exitCode: 0 };
    },
  };
}

const failing = (error: unknown): Runner => {
  const runner = new RecordingRunner();
  vi.spyOn(runner, 'run').mockRejectedValue(error);
  return runner;
};

async function diagnosticOf(more: Partial<Step>, explain: Execution['explain'] = () => undefined) {
  const error = await run(failing(failure), more, { explain }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ReportedError)) throw error;
  const [diagnostic] = error.diagnostics;
  const { hint = '', ...rest } = diagnostic ?? { code: '', severity: 'error', message: '' };
  return { ...rest, hint: hint.replace(/^log: .*\/one\.log$/m, 'log') };
}

test('a command has its directories filled in, and input and environment where the step has them', () => {
  expect(commandOf(step, directories)).toStrictEqual({ argv: ['make', '/cache/one/x'], umask: '022' });
  expect(commandOf({ ...step, stdin: '', env: { A: '1' } }, directories)).toEqual({
    argv: ['make', '/cache/one/x'],
    umask: '022',
    stdin: '',
    env: { A: '1' },
  });
});

test('a step is run once, under its title in the log, and told that it is offline where it is', async () => {
  const runner = new RecordingRunner();
  const { warnings, logFile } = await run(runner, { env: { A: '1' }, stdin: 'in' });
  expect(warnings).toEqual([]);
  expect(readFileSync(logFile, 'utf8')).toBe('# Doing\n');
  expect(runner.commands).toEqual([{ argv: ['make', '/cache/one/x'], umask: '022', stdin: 'in', env: { A: '1' } }]);
  const offline = new RecordingRunner();
  await run(offline, {}, { offline: true });
  expect(offline.commands[0]?.env).toEqual({ PHYLLOME_OFFLINE: '1' });
});

test('the runner gets the log and the signal', async () => {
  const runner: Runner = new RecordingRunner();
  const spy = vi.spyOn(runner, 'run');
  const { signal } = new AbortController();
  const { logFile } = await run(runner, {}, { signal });
  expect(spy.mock.lastCall?.at(1)).toMatchObject({ logFile, signal });
  await run(runner);
  expect(spy.mock.lastCall?.at(1)).not.toHaveProperty('signal');
});

test('lines that tell how far it is are shown, others are not', async () => {
  const packageTotals = vi.fn(() => ({ count: 9, bytes: 0 }));
  const { shown } = await run(printing('Unpacking a (1)', 'noise', '7%'), { progress: 'dpkg' }, { packageTotals });
  expect(shown).toEqual(['unpacking 1/9 a']);
  expect(packageTotals).toHaveBeenCalledWith(directories);
});

test('of several findings the last one names the log, and none has an empty hint', async () => {
  const finding = { code: 'x', severity: 'error' as const, message: 'one' };
  const explain = () => [finding, { ...finding, message: 'two', hint: 'do this' }];
  const error = await run(failing(failure), {}, { explain }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ReportedError)) throw error;
  expect(error.diagnostics).toEqual([
    finding,
    { ...finding, message: 'two', hint: expect.stringMatching(/^do this\nlog: .*\/one\.log$/) as string },
  ]);
});

test('a failure names the step, the program’s end and its last words, the place and the log', async () => {
  const place = { offset: 0, line: 3, column: 1 };
  const origin = { file: 'a.ks', start: place, end: place };
  expect(await diagnosticOf({ origin })).toEqual({
    code: 'step-failed',
    severity: 'error',
    message: 'Doing: make exited with status 2',
    span: origin,
    hint: 'command: make it\nbroken\nlog',
  });
  expect(await diagnosticOf({})).not.toHaveProperty('span');
});

test('who knows better what a failure means is heard', async () => {
  const place = { offset: 0, line: 3, column: 1 };
  const [origin, other] = ['a.ks', 'b.ks'].map((file) => ({ file, start: place, end: place }));
  const explained: Diagnostic = { code: 'no-mirror', severity: 'error', message: 'the mirror is gone' };
  expect(await diagnosticOf({ ...(origin && { origin }) }, () => explained)).toEqual({
    ...explained,
    span: origin,
    hint: 'log',
  });
  const placed: Diagnostic = { ...explained, hint: 'wait', ...(other && { span: other }) };
  expect(await diagnosticOf({ ...(origin && { origin }) }, () => placed)).toEqual({
    ...explained,
    span: other,
    hint: 'wait\nlog',
  });
});

test('a failure that may be is a warning', async () => {
  const { warnings } = await run(failing(failure), { onFailure: 'warn' });
  expect(warnings).toMatchObject([{ severity: 'warning', code: 'step-failed' }]);
  await expect(run(failing(failure), { onFailure: 'stop' })).rejects.toBeInstanceOf(ReportedError);
});

test('a program that is not there is told as it is, also of a step that may fail', async () => {
  const error = new CommandNotFound('make');
  await expect(run(failing(error), { onFailure: 'warn' })).rejects.toBe(error);
});
