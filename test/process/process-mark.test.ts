import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAlive, markOf, pidOf } from '../../scripts/process/index.ts';

test('a mark holds the number, the start time and the start of the computer', () => {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  const fields = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // The text after the name begins with field 3; the start time is field 22 (proc(5)).
  expect(markOf()).toBe(`${process.pid}-${fields[19]}-${boot}`);
  expect(markOf(process.pid)).toBe(markOf());
});

test('a process that does not run has no mark', () => {
  const gone = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  expect(markOf(gone)).toBeUndefined();
});

test('alive is who has the same number, start and computer; space around a mark does not count', () => {
  const mark = markOf() ?? '';
  expect(isAlive(`${mark}\n`)).toBe(true);
  expect(isAlive(mark.replace(/-(\d+)-/, '-1-'))).toBe(false);
  expect(isAlive(mark.replace(/-[^-]+$/, '-00000000'))).toBe(false);
  expect(isAlive('')).toBe(false);
  expect(isAlive('no mark')).toBe(false);
});

test('the process number of a mark', () => {
  expect(pidOf('4711-99-abc')).toBe(4711);
});
