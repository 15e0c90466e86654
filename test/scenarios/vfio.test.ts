import { expect, test } from 'vitest';
import type { Check } from '../../scripts/checks/index.ts';
import { loadTopology, resolveTopology } from '../../scripts/lab/topology/index.ts';
import { vfio } from '../../scripts/scenarios/vfio.ts';
import { contextThat, machineOf } from '../checks/context.ts';
import { shipped } from '../lab/shipped-topologies.ts';

const topology = (name: string) =>
  resolveTopology(loadTopology(name, shipped), { accelerator: 'tcg', imageFile: '/x.iso' });

const check = (id: string): Check => {
  const found = vfio.checks === 'of-the-image' ? undefined : vfio.checks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
};

/** What a guest says of its devices: `address vendor device group driver`, and of its kernel's journal. */
function guest(devices: readonly string[], journal: readonly string[], name = 'vfio-isolated') {
  const answers = (script: string) => {
    if (script.includes('--output=json')) return journal.map((MESSAGE) => JSON.stringify({ MESSAGE })).join('\n');
    if (script.includes('journalctl')) return `${journal.join('\n')}\n`;
    return `${devices.map((line) => line.replaceAll(' ', '|')).join('\n')}\n`;
  };
  return contextThat(answers, {}, machineOf(topology(name)));
}

const good = [
  '0000:00:01.0 0x1234 0x1111 1 bochs-drm',
  '0000:01:00.0 0x8086 0x10d3 8 vfio-pci',
  '0000:02:00.0 0x1b36 0x0010 9 vfio-pci',
  '0000:03:00.0 0x1b36 0x000d 10 vfio-pci',
];
const order = ['vfio_pci: add [8086:10d3[ffffffff:ffffffff]]', 'systemd[1]: Switching root.'];

test('devices to hand over are with vfio-pci, and from the initramfs', async () => {
  const bound = (devices: readonly string[], journal: readonly string[]) =>
    check('bound-by-vfio').run(guest(devices, journal));
  expect(await bound(good, order)).toMatchObject({ status: 'passed', summary: 'all 3 are, from the initramfs' });
  expect(await bound(good, order.toReversed())).toMatchObject({ summary: 'vfio-pci came after the initramfs' });
  const lost = good.map((line) => line.replace('0x10d3 8 vfio-pci', '0x10d3 8 e1000e'));
  expect((await bound(lost, order)).summary).toBe('0000:01:00.0 8086:10d3 (e1000e, group 8): not with vfio-pci');
  expect((await bound(good.slice(0, 3), order)).summary).toBe('only 2 of 3 named devices are there');
  const greedy = [...good, '0000:04:00.0 0x8086 0x293e 11 vfio-pci'];
  expect((await bound(greedy, order)).summary).toMatch(/^vfio-pci also took 0000:04:00.0/);
});

test('a line of another driver about such a device is found', async () => {
  const touched = (journal: readonly string[]) => check('never-touched').run(guest(good, journal));
  const harmless = [
    'pci 0000:01:00.0: [8086:10d3] type 00',
    'vfio-pci 0000:01:00.0: enabling device',
    'e1000e: Intel(R) PRO/1000',
  ];
  expect(await touched(harmless)).toMatchObject({ status: 'passed' });
  expect(await touched([...harmless, 'e1000e 0000:01:00.0 eth0: MAC'])).toMatchObject({
    status: 'failed',
    summary: 'another driver was there: e1000e 0000:01:00.0 eth0: MAC',
  });
});

test('isolation is compared with what the hardware makes', async () => {
  const isolation = (devices: readonly string[], name: string) =>
    check('iommu-isolation').run(guest(devices, [], name));
  expect(await isolation(good, 'vfio-isolated')).toMatchObject({ status: 'passed' });
  const merged = good.map((line) => line.replace(' 9 vfio-pci', ' 8 vfio-pci'));
  expect((await isolation(merged, 'vfio-isolated')).summary).toBe(
    'groups 1b36:000d; 1b36:0010 8086:10d3 instead of 1b36:000d; 1b36:0010; 8086:10d3',
  );
  const shared = [
    '0000:01:00.0 0x8086 0x10d3 8 vfio-pci',
    '0000:01:00.1 0x1b36 0x0010 8 vfio-pci',
    '0000:06:00.0 0x1b36 0x000d 6 xhci_hcd',
    '0000:08:00.0 0x1234 0x1111 6 bochs-drm',
    '0000:09:00.0 0x1234 0x11e8 6 ',
  ];
  expect(await isolation(shared, 'vfio-shared')).toMatchObject({ status: 'passed' });
  const apart = shared.map((line) => line.replace('0x1111 6', '0x1111 7'));
  expect((await isolation(apart, 'vfio-shared')).status).toBe('failed');
});
