import { expect, test } from 'vitest';
import { summarizeScenarios } from '../../../scripts/report/test-run/index.ts';
import type { MachinePlan } from '../../../scripts/test-run/index.ts';
import { sampleRun } from './sample-run.ts';

const machine = (id: string): MachinePlan => ({
  id,
  topology: { topology: id, summary: 'x' },
  scenarios: ['one', 'two'],
  checks: [],
  snapshots: false,
});

test('a line for each machine: its verdict, what was reused, what is known, what was not run', () => {
  const [check] = sampleRun().checks;
  if (check === undefined) throw new Error('the sample has a check');
  const known = { reason: 'leaks', tracker: '#7', expires: '2026-12-01' };
  const checks = [
    check,
    { ...check, reusedFrom: '2026-01-01' },
    { ...check, status: 'failed', quarantine: known } as const,
  ];
  const lines = summarizeScenarios({
    outcomes: [
      { machine: machine('default'), runDir: '/r', run: sampleRun({ checks }) },
      { machine: machine('uefi'), runDir: '/r', run: sampleRun({ reusedFrom: '2026-11-22T17:00:00.123Z' }) },
      { machine: machine('usb'), runDir: '/r', run: sampleRun({ verdict: 'failed' }) },
      { machine: machine('disk'), stopped: true },
    ],
    leftOut: [{ scenario: 'vfio', reason: 'the image has no component vfio' }],
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "  ok      default  one, two: 2 of 3 checks passed, 1 in quarantine, 1 reused, 62 s",
      "  ok      uefi     one, two: 1 of 1 checks passed, reused from 2026-11-22T17:00:00",
      "  FAILED  usb      one, two: 1 of 1 checks passed, 62 s",
      "  not run disk     one, two",
      "  left out vfio: the image has no component vfio",
      "2 of 4 machines passed, 1 failed, 1 not run",
    ]
  `);
});
