import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyPackages, dropAlteredPackages } from '../../../scripts/engines/exact-packages/cached-packages.ts';
import { outputOf } from '../../../scripts/plan/index.ts';
import { plan, stepsOf } from '../direct/fixtures.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-packages-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const contents = { 'bash_5.2_amd64.deb': 'bash', 'libc6_2%3a2.41_amd64.deb': 'libc', 'zlib1g_1.3_amd64.deb': 'zlib' };

/** A download cache with these packages, and the list of the exact ones. */
function cache() {
  const root = mkdtempSync(path.join(scratch, 'cache-'));
  const at = (...parts: string[]) => path.join(root, ...parts);
  for (const directory of ['packages', 'copies', 'work']) mkdirSync(at(directory));
  for (const [name, text] of Object.entries(contents)) writeFileSync(at('packages', name), text);
  const lines = Object.entries(contents).map(([name, text]) => `${name} ${text.length} SHA256:${sha256(text)}\n`);
  writeFileSync(at('lock'), lines.join(''));
  const run = (script: string) =>
    spawnSync(
      'sh',
      ['-euc', `archives=$0 lock=$1 work=$2; shift 2\n${script}`, at('packages'), at('lock'), at('work'), at('copies')],
      {
        encoding: 'utf8',
      },
    );
  return { at, run };
}

test('packages that are what the list says stay; one that was altered goes, whatever its size', () => {
  const { at, run } = cache();
  expect(run(dropAlteredPackages)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  writeFileSync(at('packages/libc6_2%3a2.41_amd64.deb'), 'LIBC');
  rmSync(at('packages/zlib1g_1.3_amd64.deb'));
  const { status, stdout } = run(dropAlteredPackages);
  expect(status).toBe(0);
  expect(stdout).toBe(`${at('packages/libc6_2%3a2.41_amd64.deb')} is not what the list says: it is fetched again\n`);
  expect(existsSync(at('packages/libc6_2%3a2.41_amd64.deb'))).toBe(false);
  expect(existsSync(at('packages/bash_5.2_amd64.deb'))).toBe(true);
});

test('a link in the place of a package goes, and what it points to stays', () => {
  const { at, run } = cache();
  writeFileSync(at('other'), 'other');
  rmSync(at('packages/bash_5.2_amd64.deb'));
  symlinkSync(at('other'), at('packages/bash_5.2_amd64.deb'));
  expect(run(dropAlteredPackages).status).toBe(0);
  expect(existsSync(at('packages/bash_5.2_amd64.deb'))).toBe(false);
  expect(readFileSync(at('other'), 'utf8')).toBe('other');
});

test('a list without sums is no list to install from', () => {
  const { at, run } = cache();
  writeFileSync(at('lock'), 'bash_5.2_amd64.deb 4 MD5Sum:0\n');
  expect(run(dropAlteredPackages)).toMatchObject({ status: 1, stderr: expect.stringContaining('without a SHA-256') });
});

test('what is installed is a copy: writing to it changes nothing in the cache', () => {
  const { at, run } = cache();
  expect(run(copyPackages)).toMatchObject({ status: 0, stderr: '' });
  for (const [name, text] of Object.entries(contents)) {
    expect(readFileSync(at('copies', name), 'utf8')).toBe(text);
    expect(statSync(at('packages', name)).nlink).toBe(1);
    writeFileSync(at('copies', name), 'spoilt');
    expect(readFileSync(at('packages', name), 'utf8')).toBe(text);
  }
});

test('a package that changes after it was looked at is not installed', () => {
  const { at, run } = cache();
  expect(run(dropAlteredPackages).status).toBe(0);
  writeFileSync(at('packages/bash_5.2_amd64.deb'), 'BASH');
  const { status, stdout } = run(copyPackages);
  expect(status).not.toBe(0);
  expect(stdout).toContain('bash_5.2_amd64.deb: FAILED');
});

test('no step of a build makes hard links, and installing packages may write to the new tree only', () => {
  const planned = plan(['bootloader --append=a']);
  const steps = planned.stages.flatMap(({ steps: all }) => all);
  for (const { argv } of steps) expect(argv.join('\n')).not.toMatch(/\bcp -(a?l|la)\b|\bln (?!-s)/);
  const install = stepsOf(planned, 'root-tree').find(({ id }) => id === 'install')?.argv ?? [];
  const bound = install.flatMap((word, index) => (word === '--bind' ? [install[index + 1]] : []));
  expect(bound).toEqual([outputOf('root-tree')]);
});
