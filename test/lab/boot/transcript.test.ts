import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Transcript } from '../../../scripts/lab/boot/transcript.ts';
import { ConsoleScanner } from '../../../scripts/lab/console/scan.ts';

test('both sources are logged as they come, and findings point at lines of these logs', async () => {
  const runDir = await mkdtemp(path.join(tmpdir(), 'transcript-'));
  const scanner = new ConsoleScanner();
  const transcript = new Transcript(runDir, scanner);
  expect(transcript.console('\u001b[2J', 100)).toBeUndefined();
  expect(transcript.console('\u001b[1mGNU GRUB\u001b[0m', 250)).toBe('GNU GRUB');
  transcript.console('BUG: something', 31_500);
  transcript.journal('{"MESSAGE":"two\\nlines","SYSLOG_IDENTIFIER":"a","__MONOTONIC_TIMESTAMP":"1"}');
  transcript.journal(
    '{"MESSAGE":"Failed to start x.service - X.","SYSLOG_IDENTIFIER":"systemd","_PID":"1","__MONOTONIC_TIMESTAMP":"2"}',
  );
  transcript.journal('not json');
  const read = async (name: string) => (await readFile(path.join(runDir, name), 'utf8')).split('\n');
  // Complete on disk before it is closed: we may be killed at any time.
  expect(await read('console.log')).toEqual(['   0.250  GNU GRUB', '  31.500  BUG: something', '']);
  const journal = await read('journal.log');
  expect(scanner.findings.map(({ source, lineNumber }) => [source, lineNumber])).toEqual([
    ['console', 2],
    ['journal', 3],
  ]);
  expect(journal[2]).toContain('Failed to start x.service');
  transcript.close();
  expect(transcript.console('too late', 1)).toBeUndefined();
  await rm(runDir, { recursive: true });
});

test('the last twenty lines are kept', async () => {
  const runDir = await mkdtemp(path.join(tmpdir(), 'transcript-'));
  const transcript = new Transcript(runDir, new ConsoleScanner());
  for (let n = 1; n <= 25; n++) transcript.console(`line ${n}`, n);
  transcript.close();
  expect(transcript.lastLines).toEqual(Array.from({ length: 20 }, (_, n) => `line ${n + 6}`));
  await rm(runDir, { recursive: true });
});
