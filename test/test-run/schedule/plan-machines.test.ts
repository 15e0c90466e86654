import { expect, test } from 'vitest';
import { passed } from '../../../scripts/checks/check.ts';
import type { Check } from '../../../scripts/checks/index.ts';
import { loadTopology } from '../../../scripts/lab/topology/index.ts';
import type { Scenario } from '../../../scripts/scenarios/index.ts';
import { canSnapshot, planMachines } from '../../../scripts/test-run/schedule/plan-machines.ts';
import { manifestWith, unit } from '../../checks/context.ts';
import { shipped } from '../../lab/shipped-topologies.ts';

const topologyOf = (name: string) => loadTopology(name, shipped);
const check = (id: string, change: Partial<Check> = {}): Check => ({
  id,
  title: id,
  proves: id,
  run: async () => passed('fine'),
  ...change,
});
const scenario = (id: string, change: Partial<Scenario>): Scenario => ({
  id,
  title: id,
  proves: id,
  topologies: ['default'],
  checks: [],
  ...change,
});
const changing = (id: string) => check(id, { changesState: true });

test('scenarios on the same machine share a boot; what changes the guest comes last and from a snapshot', () => {
  const scenarios = [
    scenario('one', { checks: [changing('a'), check('b')] }),
    scenario('two', { checks: [changing('c'), check('b')], topologies: ['default', 'small-memory'] }),
  ];
  const { machines, leftOut } = planMachines(scenarios, manifestWith(), topologyOf);
  expect(leftOut).toEqual([]);
  expect(
    machines.map(({ id, scenarios, checks, snapshots }) => [id, scenarios, checks.map((c) => c.id), snapshots]),
  ).toEqual([
    ['default', ['one', 'two'], ['b', 'a', 'c'], true],
    // One change at the end needs no way back.
    ['small-memory', ['two'], ['b', 'c'], false],
  ]);
});

test('what compares with the state after boot is asked before what may start a daemon', () => {
  const { machines } = planMachines(
    [
      scenario('guest', { checks: [check('starts-a-guest')] }),
      scenario('restarts', { checks: [check('restarts', { changesState: true, freshBoot: true })] }),
    ],
    manifestWith(),
    topologyOf,
  );
  expect(machines.map(({ checks }) => checks.map(({ id }) => id))).toEqual([['restarts', 'starts-a-guest']]);
});

test("the image's own checks are those of its manifest", () => {
  const { machines } = planMachines(
    [scenario('own', { checks: 'of-the-image' })],
    manifestWith({ checks: ['kvm-nested'] }),
    topologyOf,
  );
  const ids = machines[0]?.checks.map(({ id }) => id);
  expect(ids).toContain('kvm-nested');
  expect(ids).toContain('no-failed-units');
  expect(ids).not.toContain('swtpm-tpm2');
});

test('a machine whose state cannot be noted is started for each scenario that changes it', () => {
  const on = { topologies: ['vfio-isolated'] };
  const scenarios = [
    scenario('one', { ...on, checks: [changing('a')] }),
    scenario('two', { ...on, checks: [changing('b')] }),
    scenario('three', { ...on, checks: [check('c')] }),
  ];
  const { machines } = planMachines(scenarios, manifestWith(), topologyOf);
  expect(machines.map(({ id, snapshots }) => [id, snapshots])).toEqual([
    ['vfio-isolated-one', false],
    ['vfio-isolated-two', false],
    ['vfio-isolated', false],
  ]);
  expect(['default', 'disks', 'amd-iommu', 'uefi', 'vfio-shared'].map((name) => canSnapshot(topologyOf(name)))).toEqual(
    [true, false, false, false, false],
  );
});

test('a scenario that makes no sense for the image is left out, and why', () => {
  const scenarios = [
    scenario('libvirt', { needs: { components: ['libvirt', 'base'] } }),
    scenario('tampered', { tampering: { of: 'kernel', refusal: /no/ } }),
  ];
  const { machines, leftOut } = planMachines(scenarios, manifestWith({ units: [unit('x', 'enable')] }), topologyOf);
  expect(leftOut).toEqual([{ scenario: 'libvirt', reason: 'the image has no component libvirt' }]);
  expect(machines).toMatchObject([{ id: 'default-tampered', tampering: { of: 'kernel' } }]);
});

test('what is fetched over the network starts from no medium', () => {
  const manifest = manifestWith();
  const fetched = { ...manifest, image: { ...manifest.image, kind: 'pxe' as const } };
  const scenarios = [scenario('ways', { topologies: ['default', 'kernel', 'pxe'] })];
  const { machines, leftOut } = planMachines(scenarios, fetched, topologyOf);
  expect(machines.map(({ id }) => id)).toEqual(['default', 'pxe']);
  expect(leftOut.map(({ reason }) => reason)).toEqual([
    'the machine kernel starts from a medium, and the image is fetched from the network',
  ]);
});

test('a disk image has no kernel that could be loaded from outside', () => {
  const manifest = manifestWith();
  const disk = { ...manifest, image: { ...manifest.image, kind: 'disk' as const } };
  const scenarios = [scenario('two-ways', { topologies: ['default', 'kernel', 'pxe'] })];
  const { machines, leftOut } = planMachines(scenarios, disk, topologyOf);
  expect(machines.map(({ id }) => id)).toEqual(['default']);
  expect(leftOut.map(({ reason }) => reason)).toEqual([
    'the machine kernel loads the kernel from outside, which only a live-iso has, and the image is a disk',
    'the machine pxe loads the kernel from outside, which only a live-iso has, and the image is a disk',
  ]);
  expect(planMachines(scenarios, manifest, topologyOf).leftOut).toEqual([]);
});
