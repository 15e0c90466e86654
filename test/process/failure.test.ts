import { expect, test } from 'vitest';
import { CommandFailed, CommandNotFound, type Completed, describeEnd, lastLines } from '../../scripts/process/index.ts';

const completed: Completed = {
  exitCode: 2,
  signal: null,
  stdout: '',
  stderr: '',
  durationMs: 29_600,
  timedOut: false,
};

test('the end of a program in words: time limit before signal before status', () => {
  expect(describeEnd(completed)).toBe('exited with status 2');
  expect(describeEnd({ ...completed, exitCode: null, signal: 'SIGKILL' })).toBe('was killed by SIGKILL');
  expect(describeEnd({ ...completed, signal: 'SIGTERM', timedOut: true })).toBe('did not end within 30 s');
});

test('the last lines that say something, of standard error where it has any', () => {
  expect(lastLines({ stdout: 'out', stderr: 'one\n\n  \n two\nthree\n' }, 2)).toEqual([' two', 'three']);
  expect(lastLines({ stdout: 'one\ntwo\n', stderr: ' \n' }, 5)).toEqual(['one', 'two']);
  expect(lastLines({ stdout: '', stderr: '' }, 5)).toEqual([]);
});

test('a failed command shows how it ended, its words and its last fifteen lines', () => {
  const stderr = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
  const failure = new CommandFailed({ argv: ['tar', 'a b'] }, { ...completed, stderr });
  expect(failure.diagnostics).toEqual([
    {
      code: 'command-failed',
      severity: 'error',
      message: 'tar exited with status 2',
      hint: ["command: tar 'a b'", ...Array.from({ length: 15 }, (_, index) => `line ${index + 5}`)].join('\n'),
    },
  ]);
  expect(failure.exitCode).toBe(1);
  expect(failure.command.argv).toEqual(['tar', 'a b']);
});

test('a program that is not there is a lack of the environment', () => {
  const failure = new CommandNotFound('mksquashfs');
  expect(failure.exitCode).toBe(3);
  expect(failure.program).toBe('mksquashfs');
  expect(failure.diagnostics).toEqual([
    {
      code: 'command-not-found',
      severity: 'error',
      message: 'mksquashfs: not found on PATH',
      hint: 'Run ci/setup, or install the package that has it.',
    },
  ]);
});
