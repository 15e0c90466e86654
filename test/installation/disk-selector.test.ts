import { expect, test } from 'vitest';
import { readDump } from '../../scripts/hardware/index.ts';
import { computerOf, explainAnswers } from '../../scripts/installation/index.ts';
import type { DiskSelector } from '../../scripts/installation/storage/disk-selector.ts';
import { usableDisks } from '../../scripts/installation/storage/usable-disks.ts';
import { answers, disk, gibibyte, planFor, told } from './fixtures.ts';

const held = { name: 'x', kind: 'part', sizeBytes: 1, content: 'ext4', label: '', partitionType: '', mountPoints: [] };
const turning = { bus: 'sata', isRotational: true };
const disks = [
  disk('nvme0n1', { bus: 'nvme', sizeBytes: 466 * gibibyte, links: ['disk/by-path/pci-0000:02:00.0-nvme-1'] }),
  disk('nvme1n1', { bus: 'nvme', sizeBytes: 1863 * gibibyte, table: 'gpt', holds: [held] }),
  disk('sda', { ...turning, sizeBytes: 3726 * gibibyte, links: ['disk/by-id/ata-WDC_1'] }),
  disk('sdb', { bus: 'usb', sizeBytes: 29 * gibibyte, isMedium: true }),
  // What its own computer says of a virtio disk means nothing.
  disk('vda', { isRotational: true }),
];

const selected = (selector: DiskSelector, ...lines: readonly string[]) =>
  usableDisks(answers(...lines), disks, selector).usable.map(({ name }) => name);

test.each<[DiskSelector, readonly string[]]>([
  [{ buses: ['nvme'] }, ['nvme0n1', 'nvme1n1']],
  [{ buses: ['usb'] }, []],
  [{ buses: ['nvme', 'sata'], maximumGiB: 500 }, ['nvme0n1']],
  [{ minimumGiB: 466, maximumGiB: 1863 }, ['nvme0n1', 'nvme1n1']],
  [{ minimumGiB: 467 }, ['nvme1n1', 'sda']],
  [{ rotational: true }, ['sda']],
  [{ rotational: false }, ['nvme0n1', 'nvme1n1', 'vda']],
  [{ empty: true, buses: ['nvme'] }, ['nvme0n1']],
  [{ empty: false }, ['nvme1n1']],
  [{ names: ['disk/by-path/pci-0000:02:*'] }, ['nvme0n1']],
  [{ names: ['sd?', 'disk/by-id/ata-*'] }, ['sda']],
  [{ matches: 4 }, ['nvme0n1', 'nvme1n1', 'sda', 'vda']],
])('%j takes %j', (selector, expected) => {
  expect(selected(selector, 'clearpart --all')).toEqual(expected);
});

test('answers that name a disk need no flavour, and those that keep one out do', () => {
  expect(selected({ buses: ['nvme'] }, 'ignoredisk --only-use=sda')).toEqual(['sda']);
  expect(selected({ buses: ['nvme'] }, 'clearpart --all', 'ignoredisk --drives=nvme1n1')).toEqual(['nvme0n1']);
  // A flavour never allows what is on a disk to be wiped.
  expect(selected({ buses: ['nvme'] })).toEqual(['nvme0n1']);
});

test('more or fewer than were expected stops, with every disk and its reason', () => {
  const situation = (installationDisk: DiskSelector) => ({ computer: { disks }, medium: { installationDisk } });
  const lines = ['clearpart --all', 'autopart', 'sshkey --username=root "ssh-ed25519 A"'];
  const planned = planFor(lines, situation({ buses: ['nvme'], minimumGiB: 400 }));
  expect(planned.installation).toBeUndefined();
  expect(told(planned)).toEqual([
    `-: 1 disk must be as the flavour says in \`installationDisk\`, and 2 do:
  fits: nvme0n1: 466.0 GiB, nvme; holds nothing known
  fits: nvme1n1: 1.8 TiB, nvme; holds a GPT table with ext4
  does not: sda: 3.6 TiB, sata, turning; holds nothing known
    not what the flavour asks for: it is attached by sata, not by nvme
  does not: sdb: 29.0 GiB, usb; this medium
    this system runs from it
  does not: vda: 20.0 GiB, virtio; holds nothing known
    not what the flavour asks for: it is attached by virtio, not by nvme`,
  ]);
  expect(told(planFor(lines, situation({ buses: ['sas'] })))[0]).toMatch(
    /^-: 1 disk must .* and none does:\n {2}does not/,
  );
  expect(told(planFor(lines, situation({ buses: ['sata'], matches: 2 })))[0]).toMatch(
    /^-: 2 disks must .* and 1 does:/,
  );
  expect(planFor(lines, situation({ buses: ['nvme'], empty: true })).installation?.layout.boot.disk.name).toBe(
    'nvme0n1',
  );
});

test('several may be wanted, each for what names it', () => {
  const lines = [
    'clearpart --all',
    'reqpart',
    'part / --size=8000 --ondisk=nvme0n1',
    'part /srv --size=8000 --grow --ondisk=nvme1n1',
    'bootloader --boot-drive=nvme0n1',
    'sshkey --username=root "ssh-ed25519 A"',
  ];
  const medium = { installationDisk: { buses: ['nvme'], matches: 2 } } as const;
  const planned = planFor(lines, { computer: { disks }, medium });
  expect(told(planned)).toEqual([]);
  expect(planned.installation?.layout.disks.map(({ disk: { name } }) => name)).toEqual(['nvme0n1', 'nvme1n1']);
});

test('which disk a flavour takes is told of a computer that is described', () => {
  const { dump } = readDump(
    'probe',
    `phyllome hardware dump 1
[firmware]
uefi = yes
[memory]
total-mib = 7900
[disks]
nvme0n1 bytes=512110190592 sector=512 bus=nvme paths=disk/by-path/pci-0000:02:00.0-nvme-1 model=Samsung_SSD_980
sda bytes=1000204886016 sector=512 bus=sata rotational table=gpt holds=vfat,ntfs,part model=WDC_WD10EZEX
`,
  );
  const computer = dump && computerOf(dump);
  if (computer === undefined) throw new Error('no computer');
  const span = {
    file: 'flavours/mine.yaml',
    start: { line: 7, column: 1, offset: 0 },
    end: { line: 7, column: 2, offset: 1 },
  };
  const explained = (selector: DiskSelector) =>
    explainAnswers('clearpart --all\nautopart\n', 'mine.ks', computer, { ...selector, at: span });
  expect(explained({ rotational: false }).lines).toEqual([
    'taken, and wiped: nvme0n1: 476.9 GiB, nvme, "Samsung SSD 980"; holds nothing known',
    'left alone: sda: 931.5 GiB, sata, turning, "WDC WD10EZEX"; holds a GPT table with vfat, ntfs, something unknown\n    not what the flavour asks for: it turns',
  ]);
  const { findings } = explained({ minimumGiB: 300 });
  expect(findings).toMatchObject([{ span: { file: 'flavours/mine.yaml', start: { line: 7 } } }]);
});
