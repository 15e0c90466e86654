import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { phyllome, places } from './phyllome.ts';

afterAll(() => {
  expect(runningMachines()).toBe('');
});

/** A directory of flavours of one's own. */
const own = path.join(import.meta.dirname, 'own');

function runningMachines(): string {
  try {
    return execFileSync('pgrep', ['-af', `qemu-system.*${places.out}`], { encoding: 'utf8' });
  } catch {
    return ''; // pgrep finds nothing.
  }
}

test.each([
  ['nano', 'bios'],
  ['nano-disk', 'bios'],
  ['nano-disk', 'secure-boot'],
])('%s by %s boots, and every check passes', async (flavour, firmware) => {
  expect((await phyllome(['--dir', own, 'build', flavour])).exitCode).toBe(0);
  const { exitCode, stdout, stderr } = await phyllome(['--dir', own, 'test', flavour, '--firmware', firmware]);
  expect(`${stdout}${stderr}`).not.toContain('FAILED');
  expect(exitCode).toBe(0);
  const directory = path.join(places.out, flavour, 'test', firmware);
  const run = JSON.parse(readFileSync(path.join(directory, 'results.json'), 'utf8')) as TestRun;
  expect(run.verdict).toBe('passed');
  expect(run.checks.length).toBeGreaterThanOrEqual(9);
  for (const file of ['junit.xml', 'console.log', 'journal.log'])
    expect(existsSync(path.join(directory, file))).toBe(true);
});

test('of two disks of one image each starts its own system, and it grows to its disk', async () => {
  expect((await phyllome(['--dir', own, 'build', 'nano-disk'])).exitCode).toBe(0);
  const { exitCode, stdout, stderr } = await phyllome([
    ...['--dir', own, 'test', 'nano-disk', '--again', '--scenario', 'two-disks', 'larger-disk', 'old-kernel'],
  ]);
  expect(`${stdout}${stderr}`).not.toContain('FAILED');
  expect(exitCode).toBe(0);
});

test('a stick beside a disk of the same flavour starts its own system', async () => {
  for (const flavour of ['nano', 'nano-disk'])
    expect((await phyllome(['--dir', own, 'build', flavour])).exitCode).toBe(0);
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-stick-'));
  const topology = path.join(directory, 'stick-and-disk.yaml');
  const disk = path.join(places.out, 'nano-disk', 'phyllome-nano-disk-debian-13.qcow2');
  writeFileSync(
    topology,
    [
      'topology: stick-and-disk',
      'summary: a stick beside an installed disk',
      'boot: {from: usb}',
      `disks: [{bus: virtio, sizeMiB: 4096, holds: ${JSON.stringify(disk)}}]`,
      '',
    ].join('\n'),
  );
  // Its checks look into the live system's own layers, which are not there where the root file system is the disk's.
  const { exitCode, stdout, stderr } = await phyllome(['--dir', own, 'test', 'nano', '--topology', topology]);
  rmSync(directory, { recursive: true });
  expect(`${stdout}${stderr}`).not.toContain('FAILED');
  expect(exitCode).toBe(0);
});

test('the entry that copies to memory does, or says what it takes', async () => {
  expect((await phyllome(['build', 'nano'])).exitCode).toBe(0);
  const asked = ['--scenario', 'copied-to-memory', 'too-little-to-copy'];
  const { exitCode, stdout, stderr } = await phyllome(['test', 'nano', '--again', ...asked]);
  expect(`${stdout}${stderr}`).not.toContain('FAILED');
  expect(exitCode).toBe(0);
});

/** The scenarios that prove most of a host for the time that they take. */
const scenarios = [
  'live-cd',
  'reboot',
  'nested-guest',
  'kernel-update',
  'full-var',
  'vfio',
  'secure-boot',
  'tampered-kernel',
];

interface Machine {
  readonly id: string;
  readonly verdict: string;
  readonly report: string;
  readonly reusedFrom?: string;
}

async function play(...options: readonly string[]): Promise<readonly Machine[]> {
  const { exitCode, stdout, stderr } = await phyllome(['test', 'headless', ...options, '--scenario', ...scenarios]);
  expect(`${stdout}${stderr}`).not.toContain('FAILED');
  expect(exitCode).toBe(0);
  const file = path.join(places.out, 'headless', 'test', 'scenarios', 'scenarios.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { machines: readonly Machine[] }).machines;
}

describe('headless', () => {
  test('is a good host: by BIOS and UEFI, with Secure Boot, handing over devices, with a guest of its own', async () => {
    expect((await phyllome(['build', 'headless'])).exitCode).toBe(0);
    // An earlier run on this computer may have left its verdicts in the cache; this one shall boot.
    const machines = await play('--again');
    expect(machines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['default', 'passed'],
      ['uefi', 'passed'],
      ['secure-boot', 'passed'],
      ['secure-boot-tampered-kernel', 'passed'],
      ['vfio-isolated', 'passed'],
      ['vfio-shared', 'passed'],
    ]);
    const run = (id: string) => {
      const report = machines.find((machine) => machine.id === id)?.report ?? '';
      return JSON.parse(readFileSync(path.join(report, 'results.json'), 'utf8')) as TestRun;
    };
    expect(run('default').checks.length).toBeGreaterThanOrEqual(15);
    expect(run('default').checks.find(({ id }) => id === 'guest-by-kvm')?.summary).toContain('KVMKVMKVM');
    expect(run('secure-boot-tampered-kernel').booted).toBe(false);
  });

  test('is not asked again while nothing has changed', async () => {
    const machines = await play();
    expect(machines.every(({ verdict, reusedFrom }) => verdict === 'passed' && reusedFrom !== undefined)).toBe(true);
  });
});
