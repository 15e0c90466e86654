import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { phyllome, places } from './phyllome.ts';

/** A directory of flavours of one's own. */
export const own = path.join(import.meta.dirname, 'own');

/** Machines of this test run that are on. */
export function runningMachines(): string {
  try {
    return execFileSync('pgrep', ['-af', `qemu-system.*${places.out}`], { encoding: 'utf8' });
  } catch {
    return ''; // pgrep finds nothing.
  }
}

/** Runs the command line, and expects that nothing of what it asks has failed. */
export async function passes(...args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await phyllome(args);
  expect(`${stdout}${stderr}`).not.toContain('FAILED');
  expect(exitCode, stderr).toBe(0);
}

/** Builds a flavour, boots it by that firmware, and expects every check to pass. */
export async function bootsWell(flavour: string, firmware: string): Promise<TestRun> {
  await passes('--dir', own, 'build', flavour);
  await passes('--dir', own, 'test', flavour, '--firmware', firmware);
  const directory = path.join(places.out, flavour, 'test', firmware);
  const run = JSON.parse(readFileSync(path.join(directory, 'results.json'), 'utf8')) as TestRun;
  expect(run.verdict).toBe('passed');
  expect(run.checks.length).toBeGreaterThanOrEqual(9);
  for (const file of ['junit.xml', 'console.log', 'journal.log'])
    expect(existsSync(path.join(directory, file))).toBe(true);
  return run;
}
