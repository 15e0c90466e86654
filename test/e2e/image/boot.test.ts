import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { bootsWell, passes, runningMachines } from './boots-well.ts';
import { places } from './phyllome.ts';

afterAll(() => {
  expect(runningMachines()).toBe('');
});

test('nano by bios boots, and every check passes', async () => {
  await bootsWell('nano', 'bios');
});

test('the entry that copies to memory does, or says what it takes', async () => {
  await passes('build', 'nano');
  await passes('test', 'nano', '--again', '--scenario', 'copied-to-memory', 'too-little-to-copy');
});

/** `npm run test:scenarios` plays all of these. */
const all = process.env.PHYLLOME_SCENARIOS === 'all';

/** The scenarios that prove most of a host for the time that they take. That devices are handed over, lab/hand-over proves in ci/test. */
const scenarios = [
  'live-cd',
  'reboot',
  'nested-guest',
  'kernel-update',
  'full-var',
  ...(all ? ['vfio'] : []),
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
  await passes('test', 'headless', ...options, '--scenario', ...scenarios);
  const file = path.join(places.out, 'headless', 'test', 'scenarios', 'scenarios.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { machines: readonly Machine[] }).machines;
}

describe('headless', () => {
  test('is a good host: by BIOS and UEFI, with Secure Boot, with a guest of its own', async () => {
    await passes('build', 'headless');
    // An earlier run on this computer may have left its verdicts in the cache; this one shall boot.
    const machines = await play('--again');
    expect(machines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['default', 'passed'],
      ['uefi', 'passed'],
      ['secure-boot', 'passed'],
      ['secure-boot-tampered-kernel', 'passed'],
      ...(all ? ['vfio-isolated', 'vfio-shared'].map((id) => [id, 'passed']) : []),
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
