import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeTestRun } from '../../../scripts/report/test-run/index.ts';
import { sampleRun } from './sample-run.ts';

test('a run that was reused has a report also where no machine ever ran: the build directory is new, the cache is not', async () => {
  const build = mkdtempSync(path.join(tmpdir(), 'phyllome-report-'));
  const runDir = path.join(build, 'test', 'scenarios', 'default');
  await writeTestRun(sampleRun({ reusedFrom: '2026-11-22T17:00:00.123Z' }), runDir);
  expect(readdirSync(runDir).sort()).toEqual(['junit.xml', 'report.html', 'results.json']);
  rmSync(build, { recursive: true });
});
