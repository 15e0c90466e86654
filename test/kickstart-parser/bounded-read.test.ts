import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { flatten, parse, parseFile, readBounded } from 'kickstart-parser';
import { expect, test } from 'vitest';

const scratch = mkdtempSync(path.join(tmpdir(), 'kickstart-read-'));
const file = path.join(scratch, 'a.ks');
writeFileSync(file, 'lang en_US\n');

test('a file is read whole, and a device up to a size that is told', () => {
  expect(Buffer.from(readBounded(file)).toString()).toBe('lang en_US\n');
  expect(() => parseFile('/dev/zero')).toThrow('/dev/zero: more than 64 MiB, which is more than is read');
});

test('what cannot be read is told with its name', () => {
  expect(() => readBounded(scratch)).toThrow(expect.objectContaining({ code: 'EISDIR', path: scratch }));
  expect(() => readBounded(path.join(scratch, 'none'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test('an included device is a file that cannot be read', () => {
  const { diagnostics } = flatten(parse('%include /dev/zero\n', { file }));
  expect(diagnostics.map(({ code }) => code)).toEqual(['unreadable-file']);
});

test('the command stops an endless input, and reads a pipe to its end', { timeout: 60_000 }, () => {
  const main = 'scripts/kickstart-parser/src/cli/main.ts';
  const run = `node --conditions=source --import tsx ${main}`;
  const endless = spawnSync('sh', ['-c', `yes | ${run} check -`], { encoding: 'utf8' });
  expect(endless.stderr).toContain('standard input: more than 64 MiB');
  expect(
    execFileSync('sh', ['-c', `{ cat ${file}; sleep 0.2; echo text; } | ${run} flatten -`], { encoding: 'utf8' }),
  ).toContain('lang en_US');
});
