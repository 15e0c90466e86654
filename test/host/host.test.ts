import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { EnvironmentError } from '../../scripts/diagnostic/index.ts';
import { checkDiskSpace, checkNamespaces, checkPrograms } from '../../scripts/host/index.ts';
import { userHint } from '../../scripts/host/namespaces.ts';
import { CommandFailed, RecordingRunner } from '../../scripts/process/index.ts';

const searchPath = process.env.PATH;
afterEach(() => {
  process.env.PATH = searchPath;
});

function errorOf(run: () => void): EnvironmentError {
  try {
    run();
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
  throw new Error('nothing was reported');
}

test('missing programs are all named with their packages for apt and dnf', () => {
  process.env.PATH = mkdtempSync(path.join(tmpdir(), 'empty-'));
  const { diagnostics, exitCode } = errorOf(() => checkPrograms({ root: false, makesToolsTree: true }));
  const told = diagnostics.map((one) => `${one.message}: ${one.hint}`).join('\n');
  expect(told).toContain('bwrap is not installed: apt-get install bubblewrap   |   dnf install bubblewrap');
  expect(told).toContain('mmdebstrap is not installed');
  expect(told).toContain('newuidmap is not installed: apt-get install uidmap');
  expect(exitCode).toBe(3);
});

test('root needs no subordinate ids, and a finished tools tree no mmdebstrap', () => {
  process.env.PATH = mkdtempSync(path.join(tmpdir(), 'empty-'));
  const told = errorOf(() => checkPrograms({ root: true, makesToolsTree: false })).message;
  expect(told).not.toContain('newuidmap');
  expect(told).not.toContain('mmdebstrap');
});

test('too small a disk is told with what is free and what is needed, also for a directory yet to be made', () => {
  const directory = path.join(tmpdir(), 'not', 'yet', 'there');
  const { message } = errorOf(() => checkDiskSpace(directory, 1e18));
  expect(message).toMatch(/has [\d.]+ GB free; this build is expected to need 1000000000.0 GB/);
  checkDiskSpace(directory, 0);
});

test.each([
  ['newuidmap: no line matching tester in /etc/subuid', '--add-subuids'],
  ["unshare: unrecognized option '--map-auto'", 'util-linux 2.38'],
])('namespaces: %s', async (stderr, advice) => {
  const failing = new RecordingRunner();
  failing.run = async (command) => {
    throw new CommandFailed(command, { exitCode: 1, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false });
  };
  const error = await checkNamespaces(failing, 'user-namespace').catch((caught: unknown) => caught);
  expect((error as EnvironmentError).diagnostics[0]?.hint).toContain(advice);
});

const refused = 'unshare: unshare failed: Operation not permitted';

test.each([
  [
    { 'kernel/apparmor_restrict_unprivileged_userns': '1' },
    'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0;',
  ],
  [{ 'kernel/unprivileged_userns_clone': '0' }, 'sudo sysctl -w kernel.unprivileged_userns_clone=1;'],
  [
    { 'kernel/apparmor_restrict_unprivileged_userns': '1', 'user/max_user_namespaces': '0' },
    'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 user.max_user_namespaces=15000;',
  ],
  [{ 'kernel/apparmor_restrict_unprivileged_userns': '0', 'user/max_user_namespaces': '63000' }, 'In a container'],
  [{}, 'docker run --privileged'],
])('a machine with %j is told how to let users make namespaces', (settings, advice) => {
  const sysctl = mkdtempSync(path.join(tmpdir(), 'sysctl-'));
  for (const folder of ['kernel', 'user']) mkdirSync(path.join(sysctl, folder));
  for (const [name, value] of Object.entries(settings)) writeFileSync(path.join(sysctl, name), `${value}\n`);
  expect(userHint(refused, sysctl)).toContain(advice);
});
