import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run as cves } from '../../scripts/commands/cves.ts';
import type { PlacedStatement } from '../../scripts/render/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { buildDirectory } from '../dossier/build-sample.ts';
import { tracker, withKernel } from './tracker-sample.ts';

const statement = (id: string, about: string, more: Partial<PlacedStatement> = {}): PlacedStatement => ({
  id,
  package: about,
  status: 'not_affected',
  justification: 'vulnerable_code_not_present',
  reason: 'sixes only',
  until: '2999-01-31',
  file: 'overlays/net/component.yaml',
  line: 9,
  ...more,
});

async function judged(vulnerabilities: readonly PlacedStatement[], options: { json?: true; sarif?: true } = {}) {
  const before = process.exitCode;
  onTestFinished(() => {
    process.exitCode = before;
  });
  process.exitCode = 0;
  const data = path.join(scratchDirectory(), 'json');
  writeFileSync(data, JSON.stringify({ bash: tracker.bash, linux: tracker.linux, iputils: tracker.iputils }));
  const { context, output, warnings } = recordingContext();
  await cves({ image: buildDirectory({ ...withKernel, manifest: { vulnerabilities } }), data, ...options }, context);
  return {
    text: output(),
    told: warnings.map(({ code, span }) => `${code} ${span?.file}:${span?.start.line}`),
    code: process.exitCode,
  };
}

test('what does not apply is told apart with its reason, and nothing waits for it', async () => {
  const { text, told, code } = await judged([
    statement('CVE-2026-0001', 'bash'),
    statement('CVE-2026-0007', 'linux-image-amd64', { status: 'fixed' }),
  ]);
  expect(told).toEqual([]);
  expect(code).toBe(0);
  expect(text).toContain('a fix is waiting: 0');
  expect(text).toContain('by what the flavour states, not in the image: 2');
  expect(text).toContain(
    '      not affected, vulnerable code not present: sixes only (until 2999-01-31, overlays/net/component.yaml:9)',
  );
});

test('what is affected, or not known yet, stays where it is', async () => {
  for (const status of ['affected', 'under_investigation'] as const) {
    const { text, code } = await judged([statement('CVE-2026-0001', 'bash', { status })]);
    expect(code).toBe(1);
    expect(text).toContain('a fix is waiting: 2');
    expect(text).toContain(`${status.replace('_', ' ')}, vulnerable code not present: sixes only`);
  }
});

test('a statement that counts no more, one of no package, and one that nothing needs are told at their lines', async () => {
  const { text, told, code } = await judged([
    statement('CVE-2026-0001', 'bash', { until: '2020-01-01', line: 1 }),
    statement('CVE-2026-0001', 'bsh', { line: 2 }),
    statement('CVE-2026-0002', 'bash', { line: 3 }),
  ]);
  expect(told).toEqual([
    'expired-statement overlays/net/component.yaml:1',
    'unknown-package overlays/net/component.yaml:2',
    'needless-statement overlays/net/component.yaml:3',
  ]);
  expect(code).toBe(1);
  expect(text).not.toContain('by what the flavour states');
});

test('programs get the statement, and code scanning services a note', async () => {
  const said = [statement('CVE-2026-0001', 'bash')];
  const { found } = JSON.parse((await judged(said, { json: true })).text) as { found: { statement?: object }[] };
  expect(found.map((one) => one.statement)).toEqual([said[0], undefined, undefined, undefined]);
  const { runs } = JSON.parse((await judged(said, { sarif: true })).text) as {
    runs: { results: { level: string }[] }[];
  };
  expect(runs[0]?.results.map(({ level }) => level)).toEqual(['note', 'error', 'warning', 'warning']);
});
