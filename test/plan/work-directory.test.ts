import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { cleanLeftovers } from '../../scripts/plan/clean-leftovers.ts';
import type { Step } from '../../scripts/plan/plan.ts';
import { findLeftovers, recordCleaning, workDirectoryFor, workRoot } from '../../scripts/plan/work-directory.ts';
import {
  CommandFailed,
  CommandNotFound,
  inNamespaces,
  markOf,
  privilegeOf,
  RecordingRunner,
  type Runner,
} from '../../scripts/process/index.ts';
import { temporaryDirectory } from './fixtures.ts';

const dead = `${process.pid}-1-00000000`;
const step: Step = { id: 'rm', title: 'Removing', argv: ['podman', 'rm', 'x'], needs: [] };

test('a run’s own directory is named after the process', () => {
  expect(workDirectoryFor('/c')).toBe(`/c/livemedia/build-${markOf()}`);
  expect(workDirectoryFor('/c', 'mark')).toBe('/c/livemedia/build-mark');
});

test('what killed runs left is found with the commands that they wrote down', () => {
  const cache = temporaryDirectory();
  expect(findLeftovers(cache)).toEqual([]);
  const directory = workDirectoryFor(cache, dead);
  for (const made of [directory, workDirectoryFor(cache), path.join(workRoot(cache), 'other')]) {
    mkdirSync(made, { recursive: true });
  }
  expect(findLeftovers(cache)).toEqual([{ directory, steps: [] }]);
  recordCleaning(directory, [step]);
  expect(findLeftovers(cache)).toEqual([{ directory, steps: [step] }]);
  expect(readFileSync(path.join(directory, 'clean.json'), 'utf8')).toBe(`${JSON.stringify([step], null, 2)}\n`);
});

const removal = (directory: string) => inNamespaces(privilegeOf(), ['rm', '-rf', '--one-file-system', '--', directory]);

test('they are cleaned up behind by their own commands, then removed', async () => {
  const runner = new RecordingRunner();
  const host = { places: { cache: '/c' }, runner };
  const leftovers = [
    { directory: '/c/one', steps: [step] },
    { directory: '/c/two', steps: [] },
  ];
  expect(await cleanLeftovers(host, leftovers)).toEqual(['/c/one', '/c/two']);
  expect(runner.commands.map(({ argv }) => argv)).toEqual([step.argv, removal('/c/one'), removal('/c/two')]);
});

test('those of the cache are found', async () => {
  const cache = temporaryDirectory();
  const directory = workDirectoryFor(cache, dead);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'half'), '');
  const runner = new RecordingRunner();
  expect(await cleanLeftovers({ places: { cache }, runner })).toEqual([directory]);
  // The recording runner removes nothing.
  expect(existsSync(directory)).toBe(true);
});

test('a program that is gone or finds nothing leaves the rest to be done; a bug does not', async () => {
  const runner: Runner = new RecordingRunner();
  const run = vi.spyOn(runner, 'run');
  const host = { places: { cache: '/c' }, runner };
  const ended = { exitCode: null, signal: null, stdout: '', stderr: '', durationMs: 1, timedOut: true };
  run.mockRejectedValueOnce(new CommandNotFound('podman'));
  run.mockRejectedValueOnce(new CommandFailed({ argv: ['rm'] }, ended));
  const leftovers = [
    { directory: '/c/one', steps: [step] },
    { directory: '/c/two', steps: [step] },
  ];
  await cleanLeftovers(host, leftovers);
  expect(run.mock.calls.map(([{ argv }, options]) => [argv[0], options?.allowFailure])).toEqual([
    ['podman', true],
    ['unshare', true],
    ['podman', true],
    ['unshare', true],
  ]);
  run.mockRejectedValueOnce(new TypeError('bug'));
  await expect(cleanLeftovers(host, leftovers)).rejects.toThrow('bug');
});
