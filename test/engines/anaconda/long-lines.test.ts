import { expect, test } from 'vitest';
import { explainBuildFailure } from '../../../scripts/engines/anaconda/index.ts';
import { ConsoleScanner } from '../../../scripts/lab/console/scan.ts';

const kickstart = { file: 'x.ks', text: '' };

test('a line of 300 KB in a log is searched in no time, and the next one is found', { timeout: 20_000 }, () => {
  const lines = ['x'.repeat(300_000), 'spam is not a supported type for the root filesystem'];
  const found = explainBuildFailure({ evidence: [{ name: 'output', lines }], ending: 'it ended', kickstart });
  expect(found.code).toBe('livemedia-rootfs-type');
});

test('so is one on a console', { timeout: 20_000 }, () => {
  const scanner = new ConsoleScanner();
  for (const seed of ['x', '[ ', 'a.b ', '\u0001']) scanner.scan('console', seed.repeat(150_000), 1);
  scanner.scan('console', '[    1.0] Kernel panic - not syncing: VFS', 2);
  expect(scanner.findings).toHaveLength(1);
});
