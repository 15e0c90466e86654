import { getEventListeners } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Interrupted } from '../../scripts/diagnostic/index.ts';
import { CommandFailed, SystemRunner } from '../../scripts/process/index.ts';

const runner = new SystemRunner();
const directory = () => realpathSync(mkdtempSync(path.join(tmpdir(), 'runner-')));

afterEach(() => vi.unstubAllEnvs());

test('a program inherits a few variables, gets a fixed locale, and what its command adds', async () => {
  const inherited = ['HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TERM', 'XDG_RUNTIME_DIR', 'http_proxy', 'https_proxy'];
  for (const name of [...inherited, 'no_proxy', 'LC_ALL', 'LANG', 'GITHUB_TOKEN']) vi.stubEnv(name, `my ${name}`);
  vi.stubEnv('no_proxy', undefined);
  const { stdout } = await runner.run({ argv: ['env', '-0'], env: { TERM: 'dumb', OWN: '1' } });
  // What a shell sets by itself is not ours.
  const variables = stdout.split('\0').filter((line) => line !== '' && !/^(?:PWD|SHLVL|OLDPWD|_)=/.test(line));
  const kept = inherited.filter((name) => name !== 'TERM').map((name) => `${name}=my ${name}`);
  expect(variables.sort()).toEqual(
    [...kept, `PATH=${process.env.PATH}`, 'LC_ALL=C.UTF-8', 'TERM=dumb', 'OWN=1'].sort(),
  );
});

test('no_proxy is inherited, too', async () => {
  vi.stubEnv('no_proxy', 'mirror.example');
  expect((await runner.run({ argv: ['printenv', 'no_proxy'] })).stdout).toBe('mirror.example\n');
});

test('a program runs in the directory of its command, else in ours', async () => {
  const cwd = directory();
  expect((await runner.run({ argv: ['pwd', '-P'], cwd })).stdout).toBe(`${cwd}\n`);
  expect((await runner.run({ argv: ['pwd', '-P'] })).stdout).toBe(`${realpathSync('.')}\n`);
});

test('a program ends when we are killed: the kernel knows', async () => {
  const { stdout } = await runner.run({ argv: ['setpriv', '--dump'] });
  expect(stdout).toContain('Parent death signal: KILL');
});

test('a started program is the leader of a process group of its own', async () => {
  const running = runner.start({ argv: ['sh', '-c', 'echo $$; ps -o pgid= -p $$'] });
  const { stdout } = await running.completed;
  expect(stdout.split(/\s+/).filter(Boolean)).toEqual([`${running.pid}`, `${running.pid}`]);
});

test('the log has the command, each line, and how it ended after how long', async () => {
  const logFile = path.join(directory(), 'log');
  const { durationMs } = await runner.run({ argv: ['echo', 'a b'] }, { logFile });
  const seconds = (durationMs / 1000).toFixed(1);
  expect(readFileSync(logFile, 'utf8')).toBe(`+ echo 'a b'\na b\n= exited with status 0 after ${seconds} s\n`);
  expect(durationMs).toBeGreaterThanOrEqual(0);
  expect(durationMs).toBeLessThan(3_600_000);
});

test('a status that is allowed is an answer', async () => {
  const completed = await runner.run({ argv: ['sh', '-c', 'echo out; echo err >&2; exit 4'] }, { allowFailure: true });
  expect(completed).toMatchObject({ exitCode: 4, signal: null, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  expect(await runner.run({ argv: ['true'] })).toMatchObject({ exitCode: 0, timedOut: false });
});

test('a time limit is an error although failure is allowed', async () => {
  const running = runner.run({ argv: ['sleep', '6000'] }, { allowFailure: true, timeoutMs: 50 });
  const error = await running.catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandFailed)) throw error;
  expect(error.completed).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGTERM' });
});

test.each(['exit 127', 'echo failed to execute >&2; exit 1', 'echo failed to execute >&2; exit 0'])(
  'a program that is there is not told as missing: %s',
  async (script) => {
    const outcome = await runner.run({ argv: ['sh', '-c', script] }).catch((error: unknown) => error);
    if (script.endsWith('0')) expect(outcome).toMatchObject({ exitCode: 0 });
    else expect(outcome).toBeInstanceOf(CommandFailed);
  },
);

test('nothing is started for somebody who has interrupted already', async () => {
  const logFile = path.join(directory(), 'log');
  await expect(runner.run({ argv: ['true'] }, { logFile, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
    Interrupted,
  );
  expect(existsSync(logFile)).toBe(false);
});

test('a program that is over hears of no interruption any more', async () => {
  const { signal } = new AbortController();
  await runner.run({ argv: ['true'] }, { signal });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('whatever is still running can be stopped', async () => {
  const own = new SystemRunner();
  const running = ['6000', '6001'].map((seconds) => own.start({ argv: ['sleep', seconds] }));
  await own.stopAll();
  const ends = await Promise.all(running.map(({ completed }) => completed));
  expect(ends.map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGTERM']);
});
