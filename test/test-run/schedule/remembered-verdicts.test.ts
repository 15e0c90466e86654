import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { passed } from '../../../scripts/checks/check.ts';
import type { Check } from '../../../scripts/checks/index.ts';
import type { MachinePlan } from '../../../scripts/test-run/schedule/plan-machines.ts';
import { RememberedVerdicts, type Surroundings } from '../../../scripts/test-run/schedule/remembered-verdicts.ts';
import { manifestWith } from '../../checks/context.ts';
import { sampleRun } from '../../report/test-run/sample-run.ts';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'phyllome-verdicts-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const check = (id: string, inputs?: Check['inputs']): Check => ({
  id,
  title: id,
  proves: id,
  run: async () => passed('fine'),
  ...(inputs && { inputs }),
});
const machine: MachinePlan = {
  id: 'default',
  topology: { topology: 'default', summary: 'x' },
  scenarios: ['live-cd'],
  checks: [check('narrow', ['packages']), check('wide')],
  snapshots: false,
};
const surroundings: Surroundings = { code: 'hash', toolsRoot: '/tools', accel: 'auto' };
const verdicts = (change: Partial<Surroundings> = {}) => new RememberedVerdicts(cache, { ...surroundings, ...change });
const answer = (id: string, status: 'passed' | 'failed') => ({
  id,
  title: id,
  proves: id,
  status,
  summary: status,
  evidence: [],
  durationMs: 1,
});
const good = sampleRun({ checks: [answer('narrow', 'passed'), answer('wide', 'passed')] });
const manifest = manifestWith({ inputHash: 'one' });

test('a good run holds until image, machine, checks, code, tools or accelerator change', async () => {
  await verdicts().remember(machine, manifest, good);
  expect(await verdicts().run(machine, manifest)).toMatchObject({ verdict: 'passed', reusedFrom: good.startedAt });
  const others = [
    verdicts().run(machine, manifestWith({ inputHash: 'two' })),
    verdicts().run({ ...machine, topology: { ...machine.topology, memoryMiB: 1024 } }, manifest),
    verdicts().run({ ...machine, checks: machine.checks.slice(1) }, manifest),
    ...[{ code: 'x' }, { toolsRoot: '/x' }, { accel: 'tcg' }].map((change) => verdicts(change).run(machine, manifest)),
  ];
  for (const other of await Promise.all(others)) expect(other).toBeUndefined();
});

test('a check that declares what it looks at is not asked again when only other parts changed', async () => {
  await verdicts().remember(machine, manifest, good);
  const changed = manifestWith({ inputHash: 'two', kernelArguments: ['quiet'] });
  const found = await verdicts().checks(machine, changed);
  expect([...found.keys()]).toEqual(['narrow']);
  expect(found.get('narrow')).toMatchObject({ status: 'passed', reusedFrom: good.startedAt });
  const packages = [{ name: 'x', version: '1', architecture: 'all' }];
  expect((await verdicts().checks(machine, manifestWith({ inputHash: 'two', packages }))).size).toBe(0);
});

test('of a run that may boot again for other reasons only the checks are remembered', async () => {
  await verdicts().rememberChecks(machine, manifest, good);
  expect([...(await verdicts().checks(machine, manifest)).keys()]).toEqual(['narrow']);
  expect(await verdicts().run(machine, manifest)).toBeUndefined();
  const bad = sampleRun({ verdict: 'failed', checks: [answer('narrow', 'failed')] });
  await verdicts().rememberChecks(machine, manifest, bad);
  expect((await verdicts().checks(machine, manifest)).size).toBe(0);
});

test('a failure is never remembered', async () => {
  const bad = sampleRun({ verdict: 'failed', checks: [answer('narrow', 'failed'), answer('wide', 'passed')] });
  await verdicts().remember(machine, manifest, bad);
  expect(await verdicts().run(machine, manifest)).toBeUndefined();
  expect((await verdicts().checks(machine, manifest)).size).toBe(0);
  const quarantine = { reason: 'x', tracker: '#1', expires: '2027-01-01' };
  const known = sampleRun({ checks: [{ ...answer('wide', 'failed'), quarantine }] });
  await verdicts().remember(machine, manifest, known);
  expect(await verdicts().run(machine, manifest)).toBeUndefined();
});

test('what was well and, asked again, is not, is forgotten', async () => {
  await verdicts().remember(machine, manifest, good);
  const bad = sampleRun({ verdict: 'failed', checks: [answer('narrow', 'failed'), answer('wide', 'passed')] });
  await verdicts().remember(machine, manifest, bad);
  expect(await verdicts().run(machine, manifest)).toBeUndefined();
  expect((await verdicts().checks(machine, manifest)).size).toBe(0);
});
