import { expect, test } from 'vitest';
import { rateInWords, rateOf } from '../../../scripts/report/test-run/index.ts';
import { sampleRun } from './sample-run.ts';

test('every run counts, and what failed is told by how often', () => {
  const flaky = { code: 'check-x', severity: 'error', message: 'x: is not so' } as const;
  const failed = sampleRun({ verdict: 'failed', diagnostics: [flaky, flaky] });
  const rate = rateOf([sampleRun(), failed, sampleRun(), failed]);
  expect(rate).toMatchObject({ runs: 4, passed: 2, failures: [{ code: 'check-x', runs: 2 }] });
  expect(rateInWords(rate)).toEqual([
    'passed 2 of 4 times (50 %)',
    'booted in 33.4 to 33.4 s',
    '  2 of 4  check-x: x: is not so',
  ]);
});
