import { expect, test } from 'vitest';
import { diskInWords } from '../../scripts/installation/computer/in-words.ts';
import { readDisks } from '../../scripts/installation/computer/read-disks.ts';
import { usableDisks } from '../../scripts/installation/storage/usable-disks.ts';
import { answers, disk } from './fixtures.ts';

// util-linux 2.41 in a machine of the lab: a CD, an NVMe disk with an older installation, a USB stick that is the medium, compressed memory.
const lsblk = JSON.stringify({
  blockdevices: [
    { name: 'sr0', type: 'rom', size: 290_455_552, 'log-sec': 2048, tran: 'sata', rm: true, fstype: 'iso9660' },
    { name: 'zram0', type: 'disk', size: 2_000_000_000, 'log-sec': 4096, mountpoints: ['[SWAP]'] },
    {
      name: 'nvme0n1',
      type: 'disk',
      size: 21_474_836_480,
      'log-sec': 512,
      tran: 'nvme',
      subsystems: 'block:nvme:pci',
      model: 'QEMU NVMe Ctrl   \u001b[2J',
      serial: 'first',
      rota: false,
      pttype: 'gpt',
      mountpoints: [null],
      children: [
        {
          name: 'nvme0n1p1',
          type: 'part',
          size: 536_870_912,
          fstype: 'vfat',
          label: 'EFI',
          parttypename: 'EFI System',
          mountpoints: [null],
        },
        {
          name: 'nvme0n1p2',
          type: 'part',
          size: 20_000_000_000,
          fstype: 'LVM2_member',
          mountpoints: [null],
          children: [
            { name: 'old-root', type: 'lvm', size: 20_000_000_000, fstype: 'ext4', label: 'root', mountpoints: [null] },
          ],
        },
      ],
    },
    {
      name: 'sda',
      type: 'disk',
      size: 4_000_000_000,
      'log-sec': '512',
      tran: 'usb',
      rm: '1',
      pttype: 'dos',
      children: [
        {
          name: 'sda1',
          type: 'part',
          size: 4e9,
          fstype: 'iso9660',
          label: 'PHYLLOME',
          mountpoints: ['/run/initramfs/live'],
        },
      ],
    },
    {
      name: 'vda',
      type: 'disk',
      size: 1_000_000_000,
      'log-sec': 4096,
      subsystems: 'block:virtio:pci',
      rota: true,
      fstype: 'ext4',
      label: 'data',
      mountpoints: [null],
    },
    { name: 'mmcblk0boot0', type: 'disk', size: 4_194_304 },
  ],
});
const links = `/dev/disk/by-id/nvme-QEMU_first ../../nvme0n1
/dev/disk/by-id/nvme-QEMU_first-part1 ../../nvme0n1p1
/dev/disk/by-path/pci-0000:00:04.0-nvme-1 ../../nvme0n1
`;

test('disks are what can be installed on, with what is on them and their other names', () => {
  const disks = readDisks(lsblk, links, '/dev/sda1');
  expect(disks.map(({ name }) => name)).toEqual(['nvme0n1', 'sda', 'vda']);
  const [nvme, stick, whole] = disks;
  expect(nvme).toMatchObject({
    bus: 'nvme',
    model: 'QEMU NVMe Ctrl   [2J',
    serial: 'first',
    table: 'gpt',
    isMedium: false,
  });
  expect(nvme?.links).toEqual(['disk/by-id/nvme-QEMU_first', 'disk/by-path/pci-0000:00:04.0-nvme-1']);
  expect(nvme?.holds.map(({ name }) => name)).toEqual(['nvme0n1p1', 'nvme0n1p2', 'old-root']);
  expect(stick).toMatchObject({ isMedium: true, isRemovable: true, bus: 'usb' });
  expect(whole).toMatchObject({ bus: 'virtio', sectorBytes: 4096, table: '' });
  expect(whole?.holds).toMatchObject([{ kind: 'disk', content: 'ext4', label: 'data' }]);
});

test('the medium is found where it is a whole disk, and nothing is where there is none', () => {
  expect(readDisks(lsblk, '', '/dev/vda[/iso]').map(({ isMedium }) => isMedium)).toEqual([false, false, true]);
  expect(readDisks(lsblk, '', '').map(({ isMedium }) => isMedium)).toEqual([false, false, false]);
});

test('a disk in words tells what would be lost', () => {
  const words = readDisks(lsblk, links, '/dev/sda1').map((one) => diskInWords(one));
  expect(words).toEqual([
    'nvme0n1: 20.0 GiB, nvme, "QEMU NVMe Ctrl   [2J", serial first; holds a GPT table with vfat "EFI", LVM2_member, ext4 "root"',
    'sda: 3.7 GiB, usb; this medium',
    'vda: 953.7 MiB, virtio, sectors of 4096 bytes; holds ext4 "data"',
  ]);
  expect(diskInWords(disk('vdb', { sizeBytes: 3 * 1024 ** 4 }))).toBe('vdb: 3.0 TiB, virtio; holds nothing known');
});

const held = { name: 'x', kind: 'part', sizeBytes: 1, content: 'ext4', label: '', partitionType: '', mountPoints: [] };
const all = [
  disk('vda', { links: ['disk/by-id/virtio-first'] }),
  disk('vdb', { table: 'gpt', holds: [held] }),
  disk('vdc', { isMedium: true }),
  disk('vdd', { isReadOnly: true }),
  disk('vde', { holds: [{ ...held, mountPoints: ['/srv'] }] }),
];

test.each([
  [[], ['vda']],
  [['clearpart --all'], ['vda', 'vdb']],
  [['clearpart --none'], ['vda']],
  [['clearpart --all --drives=vdb'], ['vdb']],
  [['clearpart --all', 'ignoredisk --drives=vda'], ['vdb']],
  [['clearpart --all', 'ignoredisk --only-use=vdb'], ['vdb']],
  [['ignoredisk --only-use=/dev/vda'], ['vda']],
  [['ignoredisk --only-use=disk/by-id/virtio-f*'], ['vda']],
  [['ignoredisk --only-use=/dev/disk/by-id/virtio-f?rst'], ['vda']],
  [
    ['clearpart --all', 'ignoredisk --only-use=vd[ab]'],
    ['vda', 'vdb'],
  ],
  // Not even where they are named.
  [['clearpart --all', 'ignoredisk --only-use=vdc,vdd,vde'], []],
])('%j takes %j', (lines, expected) => {
  const { usable, findings, others } = usableDisks(answers(...lines), all);
  expect(usable.map(({ name }) => name)).toEqual(expected);
  expect(findings).toEqual([]);
  expect(others.length + usable.length).toBe(all.length);
});

test('each disk that is not taken has its reason', () => {
  const { others } = usableDisks(answers('ignoredisk --only-use=vda,vdb,vdc,vdd,vde'), [...all, disk('vdf')]);
  expect(others.map(({ disk: { name }, reason }) => `${name}: ${reason}`)).toEqual([
    'vdb: it is not empty, and no clearpart --all says that it may be wiped',
    'vdc: this system runs from it',
    'vdd: it cannot be written',
    'vde: it is in use at /srv',
    'vdf: ignoredisk --only-use does not name it',
  ]);
});

test('a name that fits no disk stops, and says which there are', () => {
  const { findings } = usableDisks(answers('clearpart --all --drives=sda', 'ignoredisk --only-use=vda,vdz'), [
    disk('vda'),
  ]);
  expect(findings.map(({ span, message, hint }) => `${span?.start.line}: ${message} ${hint}`)).toEqual([
    '2: ignoredisk --only-use=vdz: this computer has no such disk It has vda.',
    '1: clearpart --drives=sda: this computer has no such disk It has vda.',
  ]);
});
