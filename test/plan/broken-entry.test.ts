import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { brokenEntry } from '../../scripts/plan/broken-entry.ts';
import { CommandFailed } from '../../scripts/process/index.ts';
import { temporaryDirectory } from './fixtures.ts';

const cache = temporaryDirectory();
const entry = path.join(cache, 'stages/tools-0123');
mkdirSync(path.join(entry, 'root'), { recursive: true });
writeFileSync(path.join(entry, 'root/there'), '');

const told = (stderr: string) =>
  brokenEntry(
    new CommandFailed(
      { argv: ['bwrap'] },
      { exitCode: 1, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false },
    ),
    cache,
  );

test.each([
  `bwrap: Can't find source path ${entry}/root/usr: No such file or directory\n`,
  `cp: cannot stat '${entry}/root/usr': No such file or directory\n`,
  `sh: 1: cannot open ${entry}/root/usr: No such file or directory\n`,
])('what a program misses in a finished output of the cache is told as that: %s', (stderr) => {
  expect(told(stderr)).toMatchObject({
    code: 'cache-entry-broken',
    message: `the cache has lost a file: ${entry}/root/usr`,
    hint: `Remove the rest of this entry, and build again: rm -rf ${entry}`,
  });
});

test.each([
  `cp: cannot stat '${entry}/root/there': No such file or directory\n`,
  `cp: cannot stat '/etc/nothing': No such file or directory\n`,
  `cp: cannot stat '${cache}/tmp/image.1/x': No such file or directory\n`,
  `${entry}/root/usr: something else\n`,
])('anything else is not: %s', (stderr) => {
  expect(told(stderr)).toBeUndefined();
});
