import { model, parse } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { grubStart, installedGrubMenu } from '../../../scripts/engines/direct/disk/boot-menu.ts';
import { diskLayout, uuidOf } from '../../../scripts/engines/direct/disk/layout.ts';
import { fileSystemTable, repartDefinitions } from '../../../scripts/engines/direct/disk/repart.ts';
import { imageKind } from '../../../scripts/image/index.ts';
import { plan, stepsOf } from './fixtures.ts';

const bios = 'part biosboot --fstype=biosboot --size=1';
const efi = 'part /boot/efi --fstype=efi --size=64';
const root = 'part / --fstype=xfs --size=2048 --label=host';
const loader = 'bootloader --location=mbr --append="iommu=pt"';

function layoutOf(lines: readonly string[]) {
  const layout = diskLayout(model(parse(`${lines.join('\n')}\n`), 'F44'), 'test');
  if (!layout) throw new Error('not a disk');
  return layout;
}

test('a disk is what has a partition besides the system’s own', () => {
  const kind = (lines: readonly string[]) => imageKind(model(parse(`${lines.join('\n')}\n`), 'F44'));
  expect(kind([])).toBe('live-iso');
  expect(kind(['part / --size=4096'])).toBe('live-iso');
  expect(kind([bios, root])).toBe('disk');
});

test('partitions in order, with defaults where the kickstart says nothing', () => {
  expect(layoutOf([bios, efi, 'part /', 'part swap', 'part /var/lib/libvirt --fstype=btrfs']).partitions).toMatchObject(
    [
      { role: 'bios-boot', number: 1, sizeMiB: 1 },
      { role: 'esp', number: 2, fileSystem: 'vfat', sizeMiB: 64, mountOptions: 'umask=0077,shortname=winnt' },
      { role: 'file-system', number: 3, mountPoint: '/', fileSystem: 'ext4', sizeMiB: 4096, label: 'phyllome' },
      { role: 'swap', number: 4, fileSystem: 'swap', sizeMiB: 1024, label: 'swap' },
      { role: 'file-system', number: 5, fileSystem: 'btrfs', label: 'libvirt' },
    ],
  );
});

test('identifiers are valid, and differ between flavours and mount points', () => {
  const ids = [uuidOf('a /'), uuidOf('b /'), uuidOf('a /home')];
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('systemd-repart fills each file system with its own part of the tree', () => {
  const { partitions } = layoutOf([efi, root, 'part /srv --size=100', 'part /srv/iso --size=100']);
  const definitions = repartDefinitions(partitions, { root: '/merged', esp: '/esp' });
  const copied = definitions.map(({ name, content }) => [
    name,
    ...content.split('\n').filter((line) => /^(CopyFiles|ExcludeFiles|Format|Type)=/.test(line)),
  ]);
  expect(copied).toEqual([
    ['01-esp.conf', 'Type=esp', 'Format=vfat', 'CopyFiles=/esp:/'],
    [
      '02-file-system.conf',
      'Type=root-x86-64',
      'Format=xfs',
      'CopyFiles=/merged/:/',
      'CopyFiles=/merged/boot/:/boot/',
      'ExcludeFiles=/merged/srv/',
      'ExcludeFiles=/merged/srv/iso/',
    ],
    [
      '03-file-system.conf',
      'Type=linux-generic',
      'Format=ext4',
      'CopyFiles=/merged/srv/:/',
      'ExcludeFiles=/merged/srv/iso/',
    ],
    ['04-file-system.conf', 'Type=linux-generic', 'Format=ext4', 'CopyFiles=/merged/srv/iso/:/'],
  ]);
});

test('/etc/fstab names partitions by their identifiers, and only ext4 is checked at boot', () => {
  const layout = layoutOf([bios, efi, 'part / --fsoptions=noatime', 'part swap', 'part /srv --fstype=xfs']);
  const rows = fileSystemTable(layout.partitions).trim().split('\n').slice(1);
  expect(rows.map((row) => row.replace(/^PARTUUID=\S{36} /, ''))).toEqual([
    '/boot/efi vfat umask=0077,shortname=winnt 0 0',
    '/ ext4 noatime 0 1',
    'none swap defaults 0 0',
    '/srv xfs defaults 0 0',
  ]);
});

test('the menu follows the links of the kernel packages, and quotes arguments for GRUB', () => {
  const menu = installedGrubMenu("it's", ['root=PARTUUID=1', 'a=b$c']);
  expect(menu).toContain("menuentry 'it'\\''s' {\n  linux /vmlinuz root=PARTUUID=1 'a=b$c'\n  initrd /initrd.img\n}");
  expect(menu).toContain('linux /vmlinuz.old ');
  const { partitions } = layoutOf([efi, root]);
  const system = partitions[1];
  expect(system && grubStart(system)).toContain('set root=$disk,gpt2\n');
});

describe('the plan', () => {
  const stepIds = (lines: readonly string[]) => stepsOf(plan(lines), 'image').map((step) => step.id);

  test('GRUB for the firmwares that have a partition', () => {
    expect(stepIds([bios, root, loader])).toEqual(expect.arrayContaining(['grub-bios', 'bios-setup', 'partitions']));
    expect(stepIds([bios, root, loader])).not.toContain('grub-uefi');
    expect(stepIds([efi, root, loader])).toContain('grub-uefi');
    expect(stepIds([efi, root, loader])).not.toContain('bios-setup');
  });

  test('systemd-boot takes its kernel from the EFI system partition', () => {
    const packages = ['url --url=http://m', '%packages --exclude-weakdeps', 'systemd-boot', '%end'];
    const steps = stepsOf(plan([efi, root, 'bootloader --sdboot'], packages), 'image');
    expect(steps.map((step) => step.id)).toContain('systemd-boot');
    expect(steps.map((step) => step.id)).not.toContain('menu');
  });

  test('kernel arguments reach the menu and /etc/kernel/cmdline', () => {
    const steps = stepsOf(plan([bios, root, loader]), 'image');
    const line = new RegExp(`root=PARTUUID=${uuidOf('test debian-13 /')} ro iommu=pt\n`);
    for (const id of ['command-line', 'menu']) expect(steps.find((step) => step.id === id)?.stdin).toMatch(line);
  });
});

test.each([
  ['no boot loader', [bios, root, 'bootloader --location=none'], /a disk needs a boot loader/],
  ['nowhere for the boot loader', ['part /srv', root, loader], /no partition holds the boot loader/],
  ['no partition that this firmware starts from', ['part swap', root, loader], /no partition holds the boot loader/],
  ['systemd-boot that is not in the image', [efi, root, 'bootloader --sdboot'], /systemd-boot.*is not in %packages/],
  ['no root', [bios, 'part /srv', loader], /no part \/ holds the system/],
  ['/boot', [bios, root, 'part /boot', loader], /kernels are in the root file system/],
  ['a part of the system itself', [bios, root, 'part /usr', loader], /before it can mount anything/],
  ['a foreign file system', [bios, 'part / --fstype=ntfs', loader], /must be ext4, xfs, btrfs/],
  ['encryption', [bios, 'part / --encrypted', loader], /--encrypted/],
])('%s is refused', (_, lines, message) => {
  let said = '';
  try {
    plan(lines);
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    said = error.diagnostics.map((one) => one.message).join('\n');
  }
  expect(said).toMatch(message);
});
