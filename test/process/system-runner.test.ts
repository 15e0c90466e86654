import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Interrupted } from '../../scripts/diagnostic/index.ts';
import { CommandFailed, CommandNotFound, SystemRunner } from '../../scripts/process/index.ts';
import { plainProgram } from '../plain-program.ts';

const runner = new SystemRunner();
const hangs = { interval: 100, timeout: 50_000 };

test('arguments reach the program as they are, whatever a shell would make of them', async () => {
  const words = ['a b', '$HOME', "it's", '*', '`id`', '', '\\', 'é\n"'];
  const { stdout } = await runner.run({ argv: ['printf', '%s\\0', ...words] });
  expect(stdout.split('\0').slice(0, -1)).toEqual(words);
});

test('standard input is what the command says, and empty otherwise', async () => {
  expect((await runner.run({ argv: ['cat'], stdin: 'line\n' })).stdout).toBe('line\n');
  expect((await runner.run({ argv: ['cat'] })).stdout).toBe('');
});

test('new files permit what the command says, or what everything here does', async () => {
  const before = process.umask(0o077);
  try {
    const umaskOf = async (umask?: string) =>
      (await runner.run({ argv: ['sh', '-c', 'umask'], ...(umask !== undefined && { umask }) })).stdout;
    expect([await umaskOf(), await umaskOf('022'), await umaskOf()]).toEqual(['0077\n', '0022\n', '0077\n']);
  } finally {
    process.umask(before);
  }
});

test('the files with which a shell of the user starts have no say', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'home-'));
  for (const name of ['.bashrc', '.profile', '.bash_profile'])
    writeFileSync(path.join(home, name), 'echo hello from the user; cat\n');
  const command = { argv: ['cat'], stdin: 'line\n', env: { HOME: home, ENV: path.join(home, '.profile') } } as const;
  expect(await runner.run(command)).toMatchObject({ stdout: 'line\n', stderr: '' });
});

test('lines are handed over as they come, and the log keeps command, output and status', async () => {
  const logFile = path.join(mkdtempSync(path.join(tmpdir(), 'runner-')), 'log');
  const lines: string[] = [];
  await runner.run(
    { argv: ['sh', '-c', 'echo one; printf "10%%\\r20%%\\r"; echo bad >&2; printf last'] },
    { logFile, onLine: (line, stream) => lines.push(`${stream} ${line}`) },
  );
  expect(lines.filter((line) => line.startsWith('stdout'))).toEqual([
    'stdout one',
    'stdout 10%',
    'stdout 20%',
    'stdout last',
  ]);
  expect(lines).toContain('stderr bad');
  const log = readFileSync(logFile, 'utf8');
  expect(log).toContain("+ sh -c 'echo one");
  expect(log).toMatch(/= exited with status 0 after \d/);
});

test('what is written to standard input never reaches the log', async () => {
  const logFile = path.join(mkdtempSync(path.join(tmpdir(), 'runner-')), 'log');
  await runner.run({ argv: ['sh', '-c', 'cat > /dev/null'], stdin: 'secret-hash' }, { logFile });
  expect(readFileSync(logFile, 'utf8')).not.toContain('secret-hash');
});

test('a failure carries command, status and last output', async () => {
  const failure = await runner.run({ argv: ['sh', '-c', 'echo boom >&2; exit 3'] }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CommandFailed);
  const { diagnostics, completed } = failure as CommandFailed;
  expect(completed.exitCode).toBe(3);
  expect(diagnostics[0]?.message).toBe('sh exited with status 3');
  expect(diagnostics[0]?.hint).toContain('boom');
});

test('a missing program is named, with exit code 3', async () => {
  const failure = await runner.run({ argv: ['no-such-program-here'] }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CommandNotFound);
  expect((failure as CommandNotFound).exitCode).toBe(3);
});

test('the caller’s secrets are not in the environment of programs', async () => {
  process.env.CI_JOB_TOKEN = 'secret';
  try {
    expect((await runner.run({ argv: ['env'] })).stdout).not.toContain('CI_JOB_TOKEN');
  } finally {
    delete process.env.CI_JOB_TOKEN;
  }
});

test('a time limit ends the whole process group', async () => {
  const marker = `sleep ${100_000 + process.pid}`;
  const failure = await runner
    .run({ argv: ['sh', '-c', `${marker} & wait`] }, { timeoutMs: 200 })
    .catch((error: unknown) => error);
  expect((failure as CommandFailed).completed.timedOut).toBe(true);
  const { stdout } = await runner.run({ argv: ['pgrep', '-f', `^${marker}$`] }, { allowFailure: true });
  expect(stdout).toBe('');
});

test('an abort interrupts, also where the program ignores SIGTERM', async () => {
  const abort = new AbortController();
  // It would go on for longer than a test may take.
  const running = runner.run(
    { argv: ['sh', '-c', 'trap "" TERM; echo ready; sleep 6000 & wait; wait; sleep 6000'] },
    { signal: abort.signal, onLine: () => abort.abort() },
  );
  await expect(running).rejects.toBeInstanceOf(Interrupted);
});

test('programs end when this process is killed', async () => {
  const marker = `sleep ${200_000 + process.pid}`;
  const program = plainProgram(`
    import { SystemRunner } from './scripts/process/index.ts';
    const inside = ['--map-root-user', '--mount', '--pid', '--fork', '--kill-child'];
    new SystemRunner().start({ argv: ['unshare', ...inside, ...'${marker}'.split(' ')] });
    setInterval(() => {}, 1000);`);
  const parent = runner.start({ argv: [process.execPath, program] });
  const find = async () =>
    (await runner.run({ argv: ['pgrep', '-f', `^${marker}$`] }, { allowFailure: true })).stdout.trim();
  await expect.poll(find, hangs).not.toBe('');
  process.kill(parent.pid, 'SIGKILL');
  await parent.completed;
  await expect.poll(find, hangs).toBe('');
  expect(existsSync(`/proc/${parent.pid}`)).toBe(false);
});
