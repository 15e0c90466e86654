import { loadTopology, resolveTopology } from '../../../scripts/lab/index.ts';
import type { Example } from '../../checks/examples/index.ts';
import { shipped } from '../../lab/shipped-topologies.ts';

const topology = (name: string) =>
  resolveTopology(loadTopology(name, shipped), { accelerator: 'tcg', imageFile: '/x.iso' });
const isolated = topology('vfio-isolated');
const shared = topology('vfio-shared');

/** `address vendor device group driver`, one a line. */
const devices = (lines: readonly string[]) =>
  ['iommu_group', `${lines.map((line) => line.replaceAll(' ', '|')).join('\n')}\n`] as const;
const bound = [
  '0000:00:01.0 0x1234 0x1111 1 bochs-drm',
  '0000:01:00.0 0x8086 0x10d3 8 vfio-pci',
  '0000:02:00.0 0x1b36 0x0010 9 vfio-pci',
  '0000:03:00.0 0x1b36 0x000d 10 vfio-pci',
];
const together = [
  '0000:01:00.0 0x8086 0x10d3 8 vfio-pci',
  '0000:01:00.1 0x1b36 0x0010 8 vfio-pci',
  '0000:06:00.0 0x1b36 0x000d 6 xhci_hcd',
  '0000:08:00.0 0x1234 0x1111 6 bochs-drm',
  '0000:09:00.0 0x1234 0x11e8 6 ',
];
const order = ['[ 2.1] kernel: vfio_pci: add [8086:10d3[ffffffff:ffffffff]]', '[ 4.0] systemd[1]: Switching root.'];
const journal = (lines: readonly string[]) => ['short-monotonic', `${lines.join('\n')}\n`] as const;
const kernelSays = (...messages: readonly string[]) =>
  ['--output=json', messages.map((MESSAGE) => `${JSON.stringify({ MESSAGE })}\n`).join('')] as const;
const harmless = [
  'pci 0000:01:00.0: [8086:10d3] type 00',
  'vfio-pci 0000:01:00.0: enabling device',
  'pcieport 0000:00:05.0: AER with 0000:01:00.0',
  'DMAR: device 0000:01:00.0',
  'e1000e: Intel(R) PRO/1000',
];
const edu = '0000:04:00.0 0x1234 0x11e8';
const [vda, sda] = ['/dev/vda 64 4096 yes', '/dev/sda 512 512 yes'];
const disks = [
  { bus: 'virtio', sizeMiB: 64, sectorBytes: 4096 },
  { bus: 'sata', sizeMiB: 512, sectorBytes: 512 },
] as const;
const node = (number: number, processors: string, memory: number) =>
  `node${number} processors ${processors} memory ${memory}\n`;

export const deviceExamples: readonly Example[] = [
  {
    of: 'bound-by-vfio',
    when: 'all are, and the initramfs did it',
    says: [devices(bound), journal(order)],
    topology: isolated,
    passes: 'all 3 are, from the initramfs',
  },
  {
    of: 'bound-by-vfio',
    when: 'the journal tells of no switch of the root',
    says: [devices(bound), journal(order.slice(0, 1))],
    topology: isolated,
    passes: 'all 3 are, from the initramfs',
  },
  {
    of: 'bound-by-vfio',
    when: 'vfio-pci came after the initramfs',
    says: [devices(bound), journal(order.toReversed())],
    topology: isolated,
    fails: 'vfio-pci came after the initramfs',
  },
  {
    of: 'bound-by-vfio',
    when: 'nothing tells when it came',
    says: [devices(bound), journal(order.slice(1))],
    topology: isolated,
    fails: 'vfio-pci came after the initramfs',
  },
  {
    of: 'bound-by-vfio',
    when: 'a driver of the host has one',
    says: [devices(bound.map((line) => line.replace('8 vfio-pci', '8 e1000e'))), journal(order)],
    topology: isolated,
    fails: '0000:01:00.0 8086:10d3 (e1000e, group 8): not with vfio-pci',
  },
  {
    of: 'bound-by-vfio',
    when: 'no driver has one',
    says: [devices(bound.map((line) => line.replace('8 vfio-pci', '8 '))), journal(order)],
    topology: isolated,
    fails: '0000:01:00.0 8086:10d3 (no driver, group 8): not with vfio-pci',
  },
  {
    of: 'bound-by-vfio',
    when: 'one is missing',
    says: [devices(bound.slice(0, 3)), journal(order)],
    topology: isolated,
    fails: 'only 2 of 3 named devices are there',
  },
  {
    of: 'bound-by-vfio',
    when: 'it took one that nobody named',
    says: [devices([...bound, '0000:04:00.0 0x8086 0x293e 11 vfio-pci']), journal(order)],
    topology: isolated,
    fails: 'vfio-pci also took 0000:04:00.0 8086:293e (vfio-pci, group 11)',
  },
  {
    of: 'never-touched',
    when: 'only the bus, the IOMMU and vfio-pci speak of them',
    says: [kernelSays(...harmless), devices(bound)],
    topology: isolated,
    passes: 'not one line about 0000:01:00.0, 0000:02:00.0, 0000:03:00.0',
  },
  {
    of: 'never-touched',
    when: 'a driver of the host had one',
    says: [kernelSays(...harmless, 'e1000e 0000:01:00.0 eth0: MAC'), devices(bound)],
    topology: isolated,
    fails: 'another driver was there: e1000e 0000:01:00.0 eth0: MAC',
  },
  {
    of: 'dma-remapping',
    when: 'the IOMMU has devices behind it',
    says: [['/sys/class/iommu', 'dmar0 5\ndmar1 0\nDMAR: Intel(R) Virtualization Technology for Directed I/O\n']],
    passes: 'dmar0 with 5 devices',
  },
  {
    of: 'dma-remapping',
    when: 'the IOMMU has none behind it',
    says: [['/sys/class/iommu', 'dmar0 0\nDMAR: Intel(R) Virtualization Technology for Directed I/O\n']],
    fails: 'no IOMMU is at work',
  },
  { of: 'dma-remapping', when: 'there is none', says: [['/sys/class/iommu', '\n']], fails: 'no IOMMU is at work' },
  {
    of: 'iommu-isolation',
    when: 'each has a group where the hardware keeps them apart',
    says: [devices(bound)],
    topology: isolated,
    passes: '3 groups, as the hardware makes them',
  },
  {
    of: 'iommu-isolation',
    when: 'they share groups where it does not',
    says: [devices(together)],
    topology: shared,
    passes: '2 groups, as the hardware makes them',
  },
  {
    of: 'iommu-isolation',
    when: 'two share a group although it keeps them apart',
    says: [devices(bound.map((line) => line.replace(' 9 vfio-pci', ' 8 vfio-pci')))],
    topology: isolated,
    fails: 'groups 1b36:000d; 1b36:0010 8086:10d3 instead of 1b36:000d; 1b36:0010; 8086:10d3',
  },
  {
    of: 'iommu-isolation',
    when: 'one is told to be apart that is not',
    says: [devices(together.map((line) => line.replace('0x1111 6', '0x1111 7')))],
    topology: shared,
    fails:
      'groups 1234:1111; 1234:11e8 1b36:000d; 1b36:0010 8086:10d3 instead of 1234:1111 1234:11e8 1b36:000d; 1b36:0010 8086:10d3',
  },
  {
    of: 'hot-plug',
    when: 'a device comes with a group and goes',
    says: [
      ['grep -c', ''],
      ['iommu_group', ['', `${edu} 12 `.replaceAll(' ', '|')]],
    ],
    passes: 'it came and went',
  },
  {
    of: 'hot-plug',
    when: 'it comes without a group',
    says: [
      ['grep -c', ''],
      ['iommu_group', ['', `${edu}  `.replaceAll(' ', '|')]],
    ],
    fails: 'it has no IOMMU group',
  },
  {
    of: 'disks-seen',
    when: 'each gives back what was written',
    says: [['lsblk', `${sda}\n${vda}\n`]],
    topology: { disks },
    passes: 'all 2, written and read back',
  },
  ...[
    ['one gives back something else', sda, vda.replace('yes', 'no'), '512 512 yes, 64 4096 no'],
    ['one has other sectors', sda, vda.replace('4096', '512'), '512 512 yes, 64 512 yes'],
    ['one has another size', sda, vda.replace('64', '63'), '512 512 yes, 63 4096 yes'],
  ].map(
    ([when = '', one, other, seen]): Example => ({
      of: 'disks-seen',
      when,
      says: [['lsblk', `${one}\n${other}\n`]],
      topology: { disks },
      fails: `${seen} instead of 512 512 yes, 64 4096 yes`,
    }),
  ),
  {
    of: 'memory-nodes',
    when: 'both have processors and memory',
    says: [['node[0-9]', node(0, '0-1', 1_003_212) + node(1, '2,3', 1_032_192)]],
    topology: { numaNodes: 2 },
    passes: '2 nodes',
  },
  {
    of: 'memory-nodes',
    when: 'one has no memory',
    says: [['node[0-9]', node(0, '0-1', 1_003_212) + node(1, '2-3', 0)]],
    topology: { numaNodes: 2 },
    fails: '1 of 2 nodes',
  },
  {
    of: 'memory-nodes',
    when: 'one has no processor',
    says: [['node[0-9]', node(0, '0-3', 1_003_212) + node(1, '', 1_003_212)]],
    topology: { numaNodes: 2 },
    fails: '1 of 2 nodes',
  },
];
