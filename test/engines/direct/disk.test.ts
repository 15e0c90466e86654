import { model, parse } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { grubStart, installedGrubMenu } from '../../../scripts/engines/direct/disk/boot-menu.ts';
import { diskLayout } from '../../../scripts/engines/direct/disk/layout.ts';
import { fileSystemTable, growthDefinitions, repartDefinitions } from '../../../scripts/engines/direct/disk/repart.ts';
import { imageKind } from '../../../scripts/image/index.ts';
import { plan, stepsOf } from './fixtures.ts';

const bios = 'part biosboot --fstype=biosboot --size=1';
const efi = 'part /boot/efi --fstype=efi --size=64';
const root = 'part / --fstype=xfs --size=2048 --label=host';
const loader = 'bootloader --location=mbr --append="iommu=pt"';

function layoutOf(lines: readonly string[]) {
  const layout = diskLayout(model(parse(`${lines.join('\n')}\n`), 'F44'));
  if (!layout) throw new Error('not a disk');
  return layout;
}

test('a disk is what has a partition besides the system’s own', () => {
  const kind = (lines: readonly string[]) => imageKind(model(parse(`${lines.join('\n')}\n`), 'F44'));
  expect(kind([])).toBe('live-iso');
  expect(kind(['part / --size=4096'])).toBe('live-iso');
  expect(kind([bios, root])).toBe('disk');
  for (const one of [
    'autopart',
    'reqpart',
    'volgroup a pv.1',
    'btrfs / btrfs.1',
    'raid / raid.1 raid.2 --device=0 --level=1',
  ])
    expect(kind([one]), one).toBe('disk');
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

test.each(['ext4', 'xfs', 'btrfs'])(
  'the partition of a root of %s is marked as new, if the initramfs is to rename it',
  (fstype) => {
    const { partitions } = layoutOf([efi, `part / --fstype=${fstype}`, `part /srv --fstype=${fstype}`]);
    const definitions = repartDefinitions(partitions, { root: '/merged', espImage: '/esp.img' });
    expect(definitions.map(({ content }) => content.includes('\nFlags=0x0001000000000000\n'))).toEqual([
      false,
      fstype !== 'ext4',
      false,
    ]);
  },
);

test('systemd-repart fills each file system with its own part of the tree', () => {
  const { partitions } = layoutOf([efi, root, 'part /srv --size=100', 'part /srv/iso --size=100']);
  const definitions = repartDefinitions(partitions, { root: '/merged', espImage: '/esp.img' });
  const copied = definitions.map(({ name, content }) => [
    name,
    ...content.split('\n').filter((line) => /^(CopyFiles|ExcludeFiles|Format|Type)=/.test(line)),
  ]);
  expect(copied).toEqual([
    ['01-esp.conf', 'Type=esp'],
    [
      '02-file-system.conf',
      'Type=root-x86-64',
      'Format=xfs',
      'CopyFiles=/merged/:/',
      'CopyFiles=/merged/boot/:/boot/',
      'ExcludeFiles=/merged/srv/',
      'ExcludeFiles=/merged/srv/iso/',
      ...['dev', 'proc', 'run', 'sys', 'tmp', 'var/tmp'].map((directory) => `ExcludeFiles=/merged/${directory}/`),
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
  expect(rows.map((row) => row.replace(/^PARTUUID=@phyllome-partition-\d@ /, ''))).toEqual([
    '/boot/efi vfat umask=0077,shortname=winnt 0 0',
    '/ ext4 noatime 0 1',
    'none swap defaults 0 0',
    '/srv xfs defaults 0 0',
  ]);
});

const grows = ['systemd', 'systemd-repart'];
const lines = (definition: string | undefined) =>
  (definition ?? '')
    .split('\n')
    .filter((line) => /^(CopyFiles|ExcludeFiles|ExcludeFilesTarget|Subvolumes|Format|Type)=/.test(line));

test('reqpart makes what each firmware starts from, and /boot where that is said', () => {
  const roles = (asked: readonly string[]) =>
    layoutOf(asked).partitions.map(({ role, mountPoint, sizeMiB }) => `${role} ${mountPoint} ${sizeMiB}`);
  expect(roles(['reqpart', root])).toEqual(['bios-boot biosboot 1', 'esp /boot/efi 64', 'file-system / 2048']);
  expect(roles(['reqpart --add-boot', root])[2]).toBe('file-system /boot 1024');
  // What the kickstart says itself is not there twice.
  expect(roles(['reqpart', 'part /boot/efi --fstype=efi --size=200', root])).toEqual([
    'bios-boot biosboot 1',
    'esp /boot/efi 200',
    'file-system / 2048',
  ]);
  expect(roles(['reqpart', root, 'bootloader --sdboot'])).toEqual(['esp /boot/efi 512', 'file-system / 2048']);
});

test('autopart: what firmware needs, /boot, and a root that grows', () => {
  const of = (asked: string) =>
    layoutOf([asked]).partitions.map(({ mountPoint, fileSystem, grows, subvolumes }) => ({
      mountPoint,
      fileSystem,
      ...(grows && { grows }),
      ...(subvolumes.length > 0 && { subvolumes: subvolumes.map((one) => `${one.name} ${one.mountPoint}`) }),
    }));
  const start = [
    { mountPoint: 'biosboot', fileSystem: 'biosboot' },
    { mountPoint: '/boot/efi', fileSystem: 'vfat' },
  ];
  const boot = { mountPoint: '/boot', fileSystem: 'ext4' };
  expect(of('autopart')).toEqual([...start, boot, { mountPoint: '/', fileSystem: 'ext4', grows: true }]);
  expect(of('autopart --noboot --fstype=xfs')).toEqual([...start, { mountPoint: '/', fileSystem: 'xfs', grows: true }]);
  expect(of('autopart --type=btrfs')[3]).toEqual({
    mountPoint: '',
    fileSystem: 'btrfs',
    grows: true,
    subvolumes: ['root /', 'home /home'],
  });
  expect(of('autopart --type=btrfs --nohome')[3]?.subvolumes).toEqual(['root /']);
});

test('a /boot of its own holds kernels, their links and the menu, and the root has none of them', () => {
  const { partitions } = layoutOf(['reqpart', 'part /boot --size=512', root]);
  const definitions = repartDefinitions(partitions, { root: '/merged', espImage: '/esp.img' });
  expect(lines(definitions[2]?.content)).toEqual(['Type=linux-generic', 'Format=ext4', 'CopyFiles=/merged/boot/:/']);
  const ofRoot = lines(definitions[3]?.content);
  expect(ofRoot.filter((line) => line.startsWith('CopyFiles'))).toEqual(['CopyFiles=/merged/:/']);
  expect(ofRoot).toEqual(expect.arrayContaining(['ExcludeFiles=/merged/boot/', 'ExcludeFiles=/merged/initrd.img.old']));
  expect(fileSystemTable(partitions)).toContain('PARTUUID=@phyllome-partition-3@ /boot ext4 defaults 0 2\n');
  const menu = installedGrubMenu('t', partitions, []);
  expect(menu).toContain('  linux /vmlinuz root=PARTUUID=$phyllome_root\n  initrd /initrd.img\n');
  expect(menu).toContain(`regexp --set=1:disk '^([^,]+)' "$root"\nprobe --set=phyllome_root --part-uuid $disk,gpt4\n`);
  expect(grubStart(partitions)).toContain('set root=$disk,gpt3\nset prefix=($root)/grub\n');
  const steps = stepsOf(plan(['reqpart', 'part /boot --size=512', root, loader]), 'disk');
  const step = (id: string) => steps.find((one) => one.id === id);
  expect(step('kernel-links')?.stdin).toBe('do_symlinks = yes\nimage_dest = /boot\n');
  expect(step('kernel')?.argv.join(' ')).toContain('ln -s "vmlinuz-$version" "$0/boot/vmlinuz"');
  expect(step('grub-bios')?.argv).toContain('(,gpt3)/grub');
});

test('subvolumes of Btrfs: each filled with its own, mounted by its name, and the kernel told which is the root', () => {
  const asked = [
    'reqpart',
    'part btrfs.01 --size=4096 --grow',
    'btrfs none --label=pool btrfs.01',
    'btrfs / --subvol --name=system LABEL=pool',
    'btrfs /srv --subvol --name=data pool',
  ];
  const { partitions } = layoutOf(asked);
  expect(partitions[2]).toMatchObject({ mountPoint: '', fileSystem: 'btrfs', label: 'pool', grows: true });
  const definition = lines(repartDefinitions(partitions, { root: '/merged', espImage: '/esp.img' })[2]?.content);
  expect(definition.slice(0, 7)).toEqual([
    'Type=root-x86-64',
    'Format=btrfs',
    'Subvolumes=/system /data',
    'CopyFiles=/merged/:/system/',
    'CopyFiles=/merged/boot/:/system/boot/',
    'CopyFiles=/merged/srv/:/data/',
    'ExcludeFilesTarget=/system/srv/',
  ]);
  expect(fileSystemTable(partitions).split('\n').slice(2, 4)).toEqual([
    'PARTUUID=@phyllome-partition-3@ / btrfs subvol=system,defaults,x-systemd.growfs 0 0',
    'PARTUUID=@phyllome-partition-3@ /srv btrfs subvol=data,defaults 0 0',
  ]);
  expect(grubStart(partitions)).toContain('set prefix=($root)/system/boot/grub\n');
  const packages = ['url --url=http://m', '%packages --exclude-weakdeps', ...grows, '%end'];
  const text = (id: string) => stepsOf(plan([...asked, loader], packages), 'disk').find((one) => one.id === id)?.stdin;
  expect(text('command-line')).toBe('root=PARTUUID=@phyllome-partition-3@ ro rootflags=subvol=system iommu=pt\n');
  expect(text('menu')).toContain(
    '  linux /system/vmlinuz root=PARTUUID=$phyllome_root ro rootflags=subvol=system iommu=pt\n',
  );
});

test('what grows has no largest size, and its file system follows', () => {
  const { partitions } = layoutOf([bios, efi, 'part / --size=2048 --grow']);
  expect(growthDefinitions(partitions)).toEqual([
    {
      name: '01-bios-boot.conf',
      content: '[Partition]\nType=21686148-6449-6e6f-744e-656564454649\nSizeMinBytes=1M\nSizeMaxBytes=1M\n',
    },
    { name: '02-esp.conf', content: '[Partition]\nType=esp\nSizeMinBytes=64M\nSizeMaxBytes=64M\n' },
    { name: '03-file-system.conf', content: '[Partition]\nType=root-x86-64\nSizeMinBytes=2048M\n' },
  ]);
  expect(fileSystemTable(partitions)).toContain(' / ext4 defaults,x-systemd.growfs 0 1\n');
  // In the image it is as large as the kickstart says.
  expect(repartDefinitions(partitions, { root: '/m', espImage: '/e' })[2]?.content).toContain('SizeMaxBytes=2048M\n');
  expect(growthDefinitions(layoutOf([bios, efi, root]).partitions)).toEqual([]);
});

test('the menu follows the links of the kernel packages, and quotes arguments for GRUB', () => {
  const { partitions } = layoutOf([efi, root]);
  const menu = installedGrubMenu("it's", partitions, ['a=b$c']);
  expect(menu).toContain(
    "menuentry 'it'\\''s' {\n  linux /vmlinuz root=PARTUUID=$phyllome_root 'a=b$c'\n  initrd /initrd.img\n}",
  );
  expect(menu).toContain('linux /vmlinuz.old root=PARTUUID=$phyllome_root ');
  // The name that the partition has by now, and the one that it was made with where GRUB cannot tell.
  expect(menu.indexOf('set phyllome_root=@phyllome-partition-2@\n')).toBeLessThan(
    menu.indexOf('probe --set=phyllome_root'),
  );
  expect(grubStart(partitions)).toContain('set root=$disk,gpt2\n');
});

describe('the plan', () => {
  const stepIds = (lines: readonly string[]) => stepsOf(plan(lines), 'disk').map((step) => step.id);

  test('GRUB for the firmwares that have a partition', () => {
    expect(stepIds([bios, root, loader])).toEqual(expect.arrayContaining(['grub-bios', 'bios-setup', 'partitions']));
    expect(stepIds([bios, root, loader])).not.toContain('grub-uefi');
    expect(stepIds([efi, root, loader])).toContain('grub-uefi');
    expect(stepIds([efi, root, loader])).not.toContain('bios-setup');
  });

  test('systemd-boot takes its kernel from the EFI system partition', () => {
    const packages = ['url --url=http://m', '%packages --exclude-weakdeps', 'systemd-boot', '%end'];
    const steps = stepsOf(plan([efi, root, 'bootloader --sdboot'], packages), 'disk');
    expect(steps.map((step) => step.id)).toContain('systemd-boot');
    expect(steps.map((step) => step.id)).not.toContain('menu');
  });

  test('kernel arguments reach the menu and /etc/kernel/cmdline', () => {
    const steps = stepsOf(plan([bios, root, loader]), 'disk');
    const text = (id: string) => steps.find((step) => step.id === id)?.stdin;
    expect(text('command-line')).toBe('root=PARTUUID=@phyllome-partition-2@ ro iommu=pt\n');
    expect(text('menu')).toContain('root=PARTUUID=$phyllome_root ro iommu=pt\n');
  });

  test('identifiers are put into every file that names one, before anything is made of it', () => {
    for (const loaderLine of [loader, 'bootloader --sdboot']) {
      const packages = ['url --url=http://m', '%packages --exclude-weakdeps', 'systemd-boot', '%end'];
      const steps = stepsOf(plan([efi, root, loaderLine], packages), 'disk');
      const at = steps.findIndex(({ id }) => id === 'identifiers');
      const written = steps.filter(({ argv, stdin }) => `${argv.join(' ')} ${stdin}`.includes('@phyllome-'));
      const files = steps[at]?.argv.slice((steps[at]?.argv.indexOf('--') ?? 0) + 1) ?? [];
      for (const step of written.filter((one) => one.id !== 'identifiers' && one.stdin !== undefined))
        expect(files.filter((file) => `${step.argv.at(-1)}/`.startsWith(`${file}/`))).toHaveLength(1);
      expect(files.some((file) => file.endsWith('/loader/entries'))).toBe(loaderLine !== loader);
      for (const step of written) expect(steps.indexOf(step)).toBeLessThanOrEqual(at);
      expect(steps.findIndex(({ id }) => id === 'partitions')).toBeGreaterThan(at);
    }
  });
});
