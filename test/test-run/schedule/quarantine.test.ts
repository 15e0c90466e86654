import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../../../scripts/checks/index.ts';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { inQuarantine, loadQuarantine } from '../../../scripts/test-run/schedule/quarantine.ts';

let checkout = '';
beforeAll(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'phyllome-quarantine-'));
  mkdirSync(path.join(checkout, 'scripts/test-run'), { recursive: true });
});
afterAll(() => rmSync(checkout, { recursive: true }));

function load(text: string, today = '2026-11-22') {
  writeFileSync(path.join(checkout, 'scripts/test-run/quarantine.yaml'), text);
  return loadQuarantine(checkout, today);
}
const entry =
  'quarantine:\n  - check: idle-memory\n    reason: leaks since 6.12\n    tracker: "#7"\n    expires: "2026-12-01"\n';

function codesOf(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof ReportedError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

test('an entry needs reason, tracker and expiry, and is an error after its last day', () => {
  expect(load(entry)).toMatchObject([{ check: 'idle-memory', expires: '2026-12-01' }]);
  expect(load(entry, '2026-12-01')).toHaveLength(1);
  expect(codesOf(() => load(entry, '2026-12-02'))).toEqual(['quarantine-expired']);
  for (const key of ['reason', 'tracker', 'expires'])
    expect(codesOf(() => load(entry.replace(new RegExp(`    ${key}: .*\\n`), '')))).toEqual(['missing-key']);
  expect(codesOf(() => load(entry.replace('"#7"', 'soon')))).toEqual(['wrong-value']);
});

const result = (change: Partial<CheckResult>): CheckResult => ({
  id: 'idle-memory',
  title: 't',
  proves: 'p',
  status: 'failed',
  summary: 's',
  evidence: [],
  durationMs: 1,
  ...change,
});

test('only a failure of that check, on that topology, is in quarantine', () => {
  const entries = load(`${entry}    topology: uefi\n`);
  expect(inQuarantine(result({}), 'uefi', entries).quarantine).toEqual({
    reason: 'leaks since 6.12',
    tracker: '#7',
    expires: '2026-12-01',
  });
  expect(inQuarantine(result({}), 'default', entries).quarantine).toBeUndefined();
  expect(inQuarantine(result({ status: 'passed' }), 'uefi', entries).quarantine).toBeUndefined();
  expect(inQuarantine(result({ id: 'other' }), 'uefi', entries).quarantine).toBeUndefined();
});
