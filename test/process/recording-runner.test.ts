import { expect, test } from 'vitest';
import { RecordingRunner } from '../../scripts/process/index.ts';

const success = { exitCode: 0, signal: null, stdout: '', stderr: '', durationMs: 0, timedOut: false };

test('commands are written down in order, run or started, and succeed with no output', async () => {
  const runner = new RecordingRunner();
  expect(await runner.run({ argv: ['one'] })).toEqual(success);
  const running = runner.start({ argv: ['two'], stdin: 'in' });
  expect(running.pid).toBe(0);
  expect(await running.completed).toEqual(success);
  expect(await running.stop()).toEqual(success);
  expect(runner.commands).toEqual([{ argv: ['one'] }, { argv: ['two'], stdin: 'in' }]);
});

test('a reply decides what a command answers', async () => {
  const runner = new RecordingRunner(({ argv }) => ({ stdout: argv.join(' ') }));
  expect((await runner.run({ argv: ['echo', 'a'] })).stdout).toBe('echo a');
  expect((await runner.start({ argv: ['echo', 'b'] }).completed).stdout).toBe('echo b');
});
