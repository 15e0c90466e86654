import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { withLock } from '../../scripts/plan/lock.ts';
import { isAlive, markOf, pidOf } from '../../scripts/process/index.ts';
import { plainProgram } from '../plain-program.ts';
import { temporaryDirectory } from './fixtures.ts';

test('a process is known by more than its number', async () => {
  const own = markOf() ?? '';
  expect(pidOf(own)).toBe(process.pid);
  expect(isAlive(`${own}\n`)).toBe(true);
  const [pid, start, boot] = own.split('-');
  for (const other of [`${pid}-${Number(start) + 1}-${boot}`, `${pid}-${start}-ffffffff`, `${pid}`, '', 'x']) {
    expect(isAlive(other)).toBe(false);
  }
  const child = spawn('sleep', ['60']);
  const mark = markOf(child.pid) ?? '';
  expect(isAlive(mark)).toBe(true);
  child.kill();
  await once(child, 'exit');
  expect(isAlive(mark)).toBe(false);
});

test('many who find the lock of a dead process take it one after the other', async () => {
  const file = path.join(temporaryDirectory(), 'locks', 'one');
  mkdirSync(path.dirname(file));
  writeFileSync(file, `${process.ppid}-1-00000000\n`);
  const log = path.join(path.dirname(file), '..', 'log');
  const program = plainProgram(`
    import { withLock } from './scripts/plan/lock.ts';
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    await withLock(${JSON.stringify(file)}, {}, async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ');
      await sleep(20);
      appendFileSync(${JSON.stringify(log)}, 'out ');
    });`);
  const children = [1, 2, 3, 4].map(() => spawn(process.execPath, [program], { stdio: 'inherit' }));
  const ends = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(ends).toEqual([0, 0, 0, 0]);
  expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(4));
  expect(readdirSync(path.dirname(file))).toEqual([]);
});

test('the lock of a process that died while it took over another’s is no obstacle', async () => {
  const file = path.join(temporaryDirectory(), 'one');
  for (const name of [file, `${file}.turn`]) writeFileSync(name, `${process.ppid}-1-00000000\n`);
  expect(await withLock(file, {}, async () => 'done')).toBe('done');
});

test('while a living process holds the lock, whoever waits is told which, and an interruption ends the wait', async () => {
  const file = path.join(temporaryDirectory(), 'locks/one');
  mkdirSync(path.dirname(file));
  writeFileSync(file, `${markOf(process.ppid)}\n`);
  const abort = new AbortController();
  const waited: number[] = [];
  const onWait = (pid: number) => {
    waited.push(pid);
    abort.abort();
  };
  const work = vi.fn(async () => 'done');
  await expect(withLock(file, { signal: abort.signal, onWait }, work)).rejects.toMatchObject({ exitCode: 130 });
  expect(waited).toEqual([process.ppid]);
  expect(work).not.toHaveBeenCalled();
  // Neither its own claim is left nor the other's lock taken.
  expect(readdirSync(path.dirname(file))).toEqual(['one']);
});

test('the lock names its holder while the work goes on, and is gone when it fails', async () => {
  const file = path.join(temporaryDirectory(), 'one');
  const work = async () => {
    expect(readFileSync(file, 'utf8')).toBe(`${markOf()}\n`);
    expect(readdirSync(path.dirname(file))).toEqual(['one']);
    throw new Error('work failed');
  };
  await expect(withLock(file, {}, work)).rejects.toThrow('work failed');
  expect(readdirSync(path.dirname(file))).toEqual([]);
});

test('a directory in which no lock can be made is an error, not a reason to wait', async () => {
  const directory = temporaryDirectory();
  writeFileSync(path.join(directory, 'file'), '');
  await expect(withLock(path.join(directory, 'file/one'), {}, async () => 'done')).rejects.toThrow(/EEXIST|ENOTDIR/);
});

test('what is no lock and stands in its place is told, and not waited for with a busy processor', async () => {
  const file = path.join(temporaryDirectory(), 'locks', 'one');
  mkdirSync(file, { recursive: true });
  await expect(withLock(file, {}, async () => {})).rejects.toThrow('is in the place of a lock');
});
