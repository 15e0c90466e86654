import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { passed } from '../../scripts/checks/check.ts';
import type { Check } from '../../scripts/checks/index.ts';
import { allChecks, selectChecks } from '../../scripts/checks/index.ts';
import { AgentSilent } from '../../scripts/lab/guest/channel.ts';
import { missingFor, runCheck } from '../../scripts/test-run/ask/run-check.ts';
import { contextThat, machineOf, unit } from './context.ts';

const ids = (checks: readonly Check[]) => checks.map(({ id }) => id);

test('every check says what it proves', () => {
  expect(new Set(ids(allChecks)).size).toBe(allChecks.length);
  for (const { id, title, proves } of allChecks) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title.length).toBeGreaterThan(8);
    expect(proves).toMatch(/^\S.{40,}\.$/s);
  }
});

test("core checks always run, others when a component names them, in the registry's order", () => {
  const core = ids(allChecks.filter((check) => check.core));
  expect(ids(selectChecks(allChecks, []))).toEqual(core);
  expect(ids(selectChecks(allChecks, ['swtpm-tpm2', 'kvm-nested']))).toEqual(
    ids(allChecks).filter((id) => core.includes(id) || id === 'swtpm-tpm2' || id === 'kvm-nested'),
  );
  expect(ids(selectChecks(allChecks, ['swtpm-tpm2'], ['vfio-loaded']))).toEqual(['vfio-loaded']);
});

test('measurements of the idle host come before everything that starts something', () => {
  const order = ids(allChecks);
  for (const id of ['libvirt-answers', 'swtpm-tpm2'])
    expect(order.indexOf('idle-memory')).toBeLessThan(order.indexOf(id));
});

test('an unknown name is an error that lists the known ones', () => {
  const select = () => selectChecks(allChecks, ['kvm-nestd', 'idle-memory']);
  expect(select).toThrow('there is no check "kvm-nestd"');
});

const check = (run: Check['run']): Check => ({ id: 'x', title: 'x', proves: 'x', needs: { machine: ['iommu'] }, run });
const context = contextThat(() => ({ status: 3, stderr: 'no such file' }));

test('a check without its hardware is skipped, not failed, and not run', async () => {
  const never = check(() => Promise.reject(new Error('ran')));
  const without = contextThat(() => '', {}, machineOf({ iommu: 'none' }));
  expect(await runCheck(never, without)).toMatchObject({
    status: 'skipped',
    summary: 'the lab machine has no iommu',
  });
});

test('a question that could not be asked is an error of the check, with what the guest said', async () => {
  const broken = check(async ({ guest }) => passed((await guest.run('missing-tool')).stdout));
  expect(await runCheck(broken, context)).toMatchObject({ status: 'error', evidence: ['no such file'] });
  const silent = check(() => Promise.reject(new AgentSilent('nothing came')));
  expect(await runCheck(silent, context)).toMatchObject({ status: 'error', summary: 'nothing came' });
});

test('a bug in a check is not taken for a result', async () => {
  const buggy = check(() => Promise.reject(new TypeError('undefined is not a function')));
  await expect(runCheck(buggy, context)).rejects.toThrow(TypeError);
});

test('needs are told in words: hardware, kind of image, components', () => {
  const context = contextThat(() => '', { units: [unit('ssh.service', 'enable')] }, machineOf({ iommu: 'none' }));
  expect(
    missingFor({ machine: ['iommu', 'tpm'], image: ['live-iso'], components: ['base', 'libvirt'] }, context),
  ).toEqual(['the lab machine has no iommu, no tpm', 'the image has no component libvirt']);
  expect(missingFor({}, context)).toEqual([]);
});

test('a check that takes longer than its budget fails, whatever it found', async () => {
  const slow: Check = { ...check(() => sleep(10, passed('fine'))), budgetSeconds: 0.001 };
  expect(await runCheck(slow, context)).toMatchObject({
    status: 'failed',
    summary: expect.stringMatching(/^it took .*budget 0.0 s; fine$/) as string,
  });
});

test('the schema of flavours and components names every check, so that a slip is found before anything is built', () => {
  const schema = JSON.parse(readFileSync('kickstarts/schema/shared.schema.json', 'utf8')) as {
    readonly definitions: { readonly checks: { readonly items: { readonly enum: readonly string[] } } };
  };
  expect(schema.definitions.checks.items.enum).toEqual(allChecks.map(({ id }) => id).sort());
});
