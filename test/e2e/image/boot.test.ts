import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TestRun } from '../../../scripts/lab/index.ts';
import { phyllome, places } from './phyllome.ts';

afterAll(() => {
  expect(runningMachines()).toBe('');
});

function runningMachines(): string {
  try {
    return execFileSync('pgrep', ['-af', `qemu-system.*${places.out}`], { encoding: 'utf8' });
  } catch {
    return ''; // pgrep finds nothing.
  }
}

describe.each([
  ['nano', 'bios'],
  ['headless', 'bios'],
  ['headless', 'uefi'],
])('%s by %s', (flavour, firmware) => {
  test('boots, and every check passes', async () => {
    expect((await phyllome(['build', flavour])).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await phyllome(['test', flavour, '--firmware', firmware]);
    expect(`${stdout}${stderr}`).not.toContain('FAILED');
    expect(exitCode).toBe(0);
    const directory = path.join(places.out, flavour, 'test', firmware);
    const run = JSON.parse(readFileSync(path.join(directory, 'results.json'), 'utf8')) as TestRun;
    expect(run.verdict).toBe('passed');
    expect(run.checks.length).toBeGreaterThanOrEqual(flavour === 'nano' ? 9 : 13);
    for (const file of ['junit.xml', 'console.log', 'journal.log'])
      expect(existsSync(path.join(directory, file))).toBe(true);
  });
});
