import { expect, test } from 'vitest';
import { ConsoleScanner } from '../../../scripts/lab/console/scan.ts';
import { plainText } from '../../../scripts/process/index.ts';

test('a message that comes through console and journal is one finding, with the place it was first seen', () => {
  const scanner = new ConsoleScanner();
  scanner.scan(
    'console',
    '[   20.499058] (sd-exec-[571]: /usr/lib/systemd/system-generators/x-generator failed with exit status 1.',
    581,
  );
  scanner.scan(
    'journal',
    '[   23.319107] (sd-exec-: /usr/lib/systemd/system-generators/x-generator failed with exit status 1.',
    597,
  );
  scanner.scan('console', '[FAILED] Failed to start broken.service - A unit that fails.', 600);
  scanner.scan('journal', '[   24.000000] systemd[1]: Failed to start broken.service - A unit that fails.', 610);
  scanner.scan(
    'journal',
    '[   30.000000] kernel: BUG: kernel NULL pointer dereference, address: 0000000000000008',
    700,
  );
  scanner.scan('console', '[   30.000001] BUG: kernel NULL pointer dereference, address: 0000000000000008', 701);
  expect(scanner.findings.map(({ pattern, source, lineNumber }) => [pattern, source, lineNumber])).toEqual([
    ['generator-failed', 'console', 581],
    ['unit-failed', 'console', 600],
    ['kernel-bug', 'journal', 700],
  ]);
});

test('different units that fail are different findings', () => {
  const scanner = new ConsoleScanner();
  scanner.scan('console', '[FAILED] Failed to start a.service - A.', 1);
  scanner.scan('console', '[FAILED] Failed to start b.service - B.', 2);
  expect(scanner.findings).toHaveLength(2);
});

test('a fatal finding is told at once', () => {
  const told: string[] = [];
  const scanner = new ConsoleScanner((finding) => told.push(`${finding.pattern} ${finding.fatal}`));
  scanner.scan('console', 'Kernel panic - not syncing: Attempted to kill init!', 1);
  scanner.scan('console', '[FAILED] Failed to start a.service - A.', 2);
  expect(told).toEqual(['kernel-panic true', 'unit-failed false']);
});

test('terminal control sequences are taken out of a line', () => {
  expect(plainText('\u001b[0;1;31mFAILED\u001b[0m] Failed to start \u001b[1mx.service\u001b[0m')).toBe(
    'FAILED] Failed to start x.service',
  );
  expect(plainText('\u001b[2J\u001b[1;1H\u001b[?25lGNU GRUB\u0007 \u001b]0;title\u0007')).toBe('GNU GRUB');
  expect(plainText('a\tb')).toBe('a\tb');
  expect(plainText('[\u001b[0;1;38:5:185mDEPEND\u001b[0m]')).toBe('[DEPEND]');
});

test('what the lab itself did is no finding from then on', () => {
  const scanner = new ConsoleScanner();
  const line = 'systemd-journald[3]: File /var/log/journal/x corrupted or uncleanly shut down, renaming and replacing.';
  scanner.excuse(/uncleanly shut down/);
  scanner.scan('console', `[    1.000000] ${line}`, 1);
  scanner.scan('console', '[    2.000000] systemd-journald[3]: Failed to write entry', 2);
  expect(scanner.findings.map(({ lineNumber }) => lineNumber)).toEqual([2]);
});

test('what the console has said is not told of the display again, where it is cut off', () => {
  const scanner = new ConsoleScanner();
  scanner.scan('display', 'No bootable device.', 24);
  scanner.scan(
    'console',
    '[    1.0] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
    9,
  );
  scanner.scan('display', '[    1.0] Kernel panic - not syncing: VFS: Unab', 2);
  expect(scanner.findings.map(({ source, pattern }) => `${source} ${pattern}`)).toEqual([
    'display loader-error',
    'console kernel-panic',
  ]);
});
