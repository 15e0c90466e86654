import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { formatTestRuns } from '../../../scripts/report/test-run/index.ts';
import { recordingContext } from '../../commands/recording-context.ts';
import { typeIn } from '../../commands/type-in.ts';
import { sampleRun } from './sample-run.ts';

const failed = sampleRun({
  verdict: 'failed',
  diagnostics: [{ code: 'boot-stalled', severity: 'error', message: 'nothing moved', hint: 'look' }],
});

test('several runs are one document', () => {
  const junit = formatTestRuns('junit', [sampleRun(), failed]);
  expect(junit.match(/<testsuite /g)).toHaveLength(2);
  expect(junit).toContain('<testsuites name="phyllome" tests="6" failures="0" errors="0" time="124.000">');
  expect(JSON.parse(formatTestRuns('json', [failed]))).toEqual([failed]);
  expect(formatTestRuns('github', [sampleRun(), failed])).toBe('::error title=boot-stalled::nothing moved. look\n');
});

test('a test that cannot begin is told in the format that was asked for, and a job has its summary', async () => {
  const { context, output, scratch } = recordingContext();
  const image = path.join(scratch, 'x.iso');
  // An ISO that says that it has 1000 blocks.
  const bytes = Buffer.alloc(0x8800);
  bytes.write('CD001', 0x8001, 'latin1');
  bytes.writeUInt32LE(1000, 0x8000 + 80);
  bytes.writeUInt16LE(2048, 0x8000 + 128);
  writeFileSync(image, bytes);
  const summary = path.join(scratch, 'summary.md');
  appendFileSync(summary, 'before\n');
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
  await expect(typeIn(['test', image, '--format', 'github'], context)).rejects.toThrow('cut off');
  await expect(typeIn(['test', image, '--format', 'tap'], context)).rejects.toThrow('cut off');
  vi.unstubAllEnvs();
  expect(output()).toMatch(/^::error title=image-cut-off::.*is cut off: 34816 of \d+ bytes/);
  expect(output()).toMatch(/^TAP version 14\nBail out! .*is cut off/m);
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n\| Image /);
});
