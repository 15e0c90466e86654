import { expect, test } from 'vitest';
import type { Layout } from '../../scripts/installation/storage/layout.ts';
import { shareSpace } from '../../scripts/installation/storage/sizes.ts';
import { disk, gibibyte, planFor, type Situation, told } from './fixtures.ts';

const letIn = 'sshkey --username=root "ssh-ed25519 AAAA me"';

function layoutOf(lines: readonly string[], situation: Situation = {}): Layout {
  const planned = planFor([...lines, letIn], situation);
  expect(told(planned)).toEqual([]);
  if (planned.installation === undefined) throw new Error('no installation');
  return planned.installation.layout;
}

const partitions = (layout: Layout) =>
  layout.disks.flatMap(({ partitions: list }) =>
    list.map(({ device, type, sizeMiB }) => `${device} ${type} ${sizeMiB}`),
  );

test('autopart makes what both firmwares start from, and / of the rest', () => {
  const layout = layoutOf(['autopart']);
  expect(partitions(layout)).toEqual(['/dev/vda1 bios-boot 1', '/dev/vda2 esp 512', '/dev/vda3 root 19965']);
  expect(layout.fileSystems.map(({ device, kind, mountPoint }) => `${device} ${kind} ${mountPoint}`)).toEqual([
    '/dev/vda3 ext4 /',
    '/dev/vda2 vfat /boot/efi',
  ]);
  const root = layout.fileSystems[0];
  expect(layout.rootArguments).toEqual([`root=UUID=${root?.uuid}`]);
  expect(layout.boot).toMatchObject({
    fileSystemUuid: root?.uuid,
    menuDirectory: '/boot/grub',
    isSeparate: false,
    hasBios: true,
    esp: 2,
  });
});

test('no two identifiers of a layout are the same', () => {
  const { disks, fileSystems, encrypted } = layoutOf(['autopart --type=lvm --encrypted --passphrase=secret']);
  const ids = [
    ...disks.flatMap(({ uuid, partitions: list }) => [uuid, ...list.map((one) => one.uuid)]),
    ...fileSystems.map(({ uuid }) => uuid),
    ...encrypted.map(({ uuid }) => uuid),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(9);
});

test('an encrypted / has a /boot that the loader can read', () => {
  const layout = layoutOf(['autopart --encrypted --passphrase=secret']);
  expect(partitions(layout)).toEqual([
    '/dev/vda1 bios-boot 1',
    '/dev/vda2 esp 512',
    '/dev/vda3 linux 1024',
    '/dev/vda4 luks 18941',
  ]);
  const [root] = layout.encrypted;
  expect(root).toMatchObject({ device: '/dev/vda4', name: 'root', passphrase: 'secret', isNeededForRoot: true });
  expect(layout.rootArguments).toEqual(['root=/dev/mapper/root', `rd.luks.name=${root?.uuid}=root`]);
  expect(layout.boot).toMatchObject({ menuDirectory: '/grub', isSeparate: true });
  expect(layout.fileSystems.map(({ mountPoint }) => mountPoint)).toEqual(['/', '/boot', '/boot/efi']);
});

test('systemd-boot reads everything from one large partition, whatever / is', () => {
  const onUefi = { packages: ['systemd-boot'] };
  for (const lines of [
    ['autopart --encrypted --passphrase=secret', 'bootloader --sdboot'],
    ['reqpart', 'part / --grow --encrypted --passphrase=secret', 'bootloader --sdboot'],
  ]) {
    const layout = layoutOf(lines, onUefi);
    expect(partitions(layout)).toEqual(['/dev/vda1 esp 1024', '/dev/vda2 luks 19454']);
    expect(layout.boot).toMatchObject({ loader: 'systemd-boot', hasBios: false, esp: 1, isSeparate: false });
  }
  expect(partitions(layoutOf(['autopart --type=lvm', 'bootloader --sdboot'], onUefi))).toEqual([
    '/dev/vda1 esp 1024',
    '/dev/vda2 lvm 19454',
  ]);
});

test('LVM counts in extents, and what is left of the group goes to who grows', () => {
  const layout = layoutOf([
    'reqpart --add-boot',
    'part pv.01 --size=4096 --grow',
    'volgroup host pv.01',
    'logvol / --vgname=host --name=root --size=3001 --fstype=xfs',
    'logvol /var --vgname=host --name=var --size=1 --grow --maxsize=6000',
    'logvol swap --vgname=host --name=swap --percent=10 --fstype=swap',
  ]);
  expect(partitions(layout)).toEqual([
    '/dev/vda1 bios-boot 1',
    '/dev/vda2 esp 512',
    '/dev/vda3 linux 1024',
    '/dev/vda4 lvm 18941',
  ]);
  // 18941 MiB are 4735 extents and a rest; one is the group's own.
  expect(layout.groups).toEqual([
    {
      name: 'host',
      devices: ['/dev/vda4'],
      volumes: [
        { name: 'root', sizeMiB: 3004 },
        { name: 'var', sizeMiB: 6000 },
        { name: 'swap', sizeMiB: 1896 },
      ],
    },
  ]);
  expect(layout.rootArguments).toEqual(['root=/dev/host/root', 'rd.lvm.lv=host/root']);
  expect(layout.swaps).toMatchObject([{ device: '/dev/host/swap' }]);
});

test('partitions go where they are told, also onto disks whose names end with a digit', () => {
  const layout = layoutOf(
    [
      'reqpart',
      'part / --size=4000 --ondisk=nvme0n1',
      'part biosboot --fstype=biosboot --size=1 --ondisk=nvme0n1',
      'part /boot/efi --fstype=efi --size=100 --ondisk=nvme0n1',
      'part /var/lib/libvirt --grow --ondisk=disk/by-id/big',
    ],
    { computer: { disks: [disk('nvme0n1'), disk('sda', { links: ['disk/by-id/big'] })] } },
  );
  expect(partitions(layout)).toEqual([
    '/dev/nvme0n1p1 bios-boot 1',
    '/dev/nvme0n1p2 esp 100',
    '/dev/nvme0n1p3 root 4000',
    '/dev/sda1 linux 20478',
  ]);
  expect(layout.boot.disk.name).toBe('nvme0n1');
});

test('a disk of 4096 byte sectors has no loader for BIOS', () => {
  expect(layoutOf(['autopart'], { computer: { disks: [disk('vda', { sectorBytes: 4096 })] } }).boot).toMatchObject({
    hasBios: false,
    esp: 2,
  });
});

const two = { computer: { disks: [disk('vda'), disk('vdb', { sizeBytes: 2 * gibibyte })] } };
const bios = { computer: { firmware: 'bios' as const } };
test.each<[readonly string[], string, Situation?]>([
  [['timezone Europe/Paris'], '1: the answers do not say how the disk is divided'],
  [['autopart'], '1: 2 disks could be taken: vda (20.0 GiB), vdb (2.0 GiB)', two],
  [['autopart'], '1: this computer has no disk', { computer: { disks: [] } }],
  [
    ['autopart'],
    '1: no disk can be taken:\n  vda: this system runs from it',
    { computer: { disks: [disk('vda', { isMedium: true })] } },
  ],
  [
    ['ignoredisk --only-use=vdb', 'autopart'],
    '2: / would have 1533 MiB, and the system needs 3256',
    { ...two, medium: { rootBytes: 3000 * 1024 ** 2 } },
  ],
  [['reqpart', 'part / --size=30000'], '2: vda is too small: its partitions take 30513 MiB, and it has 20478'],
  [['reqpart', 'part / --fstype=ext4'], '2: / has no size'],
  [['reqpart', 'part /srv --grow'], '2: no part / holds the system'],
  [['part / --grow'], '1: this computer was started by UEFI, and nothing on the disk would be started by it'],
  [
    ['part / --grow', 'part /boot/efi --fstype=efi --size=64'],
    '1: this computer was started by BIOS, and nothing on the disk would be started by it',
    bios,
  ],
  [
    ['autopart'],
    '-: BIOS does not start from vda: its sectors have 4096 bytes',
    { computer: { firmware: 'bios', disks: [disk('vda', { sectorBytes: 4096 })] } },
  ],
  [['autopart --encrypted'], '1: /: --encrypted without --passphrase, and nobody is here to be asked'],
  [
    ['autopart --encrypted --passphrase=x'],
    '1: this image opens no encrypted disk',
    { medium: { initramfs: { crypt: false, lvm: true, tpm2: true, btrfs: true, xfs: true } } },
  ],
  [['autopart --encrypted --passphrase=x --luks-version=luks1'], '1: --luks-version=luks1: only luks2'],
  [['autopart --type=thinp'], '1: autopart --type=thinp: plain or lvm'],
  [
    ['reqpart', 'part / --grow --encrypted --passphrase=x'],
    '2: the boot loader cannot read this /, and there is no /boot',
  ],
  [
    ['reqpart', 'part / --grow', 'part /boot --size=500 --encrypted --passphrase=x'],
    '3: the boot loader cannot read this /boot',
  ],
  [['reqpart', 'part / --grow --fstype=ext3'], '2: / --fstype=ext3: must be ext4, xfs, btrfs'],
  [
    ['reqpart', 'part / --grow', 'part raid.01 --size=5'],
    '3: raid.01: neither a mount point nor swap, biosboot or pv.…',
  ],
  [
    ['reqpart', 'part / --grow', 'part /usr --size=5000'],
    '3: /usr: the system needs this directory before it can mount anything',
  ],
  [
    ['reqpart', 'part / --grow', 'part /var --size=50 --fsoptions="defaults 0 0"'],
    '3: --fsoptions=defaults 0 0: not a list for /etc/fstab',
  ],
  [['reqpart', 'part / --grow --label="a\'b"'], "2: --label=a'b: letters, digits and . _ + - only"],
  [['reqpart', 'part / --grow', 'part / --size=5'], '3: / is given twice'],
  [['reqpart', 'part / --grow', 'part pv.1 --size=50'], '3: part pv.1 is in no volgroup'],
  [
    ['reqpart --add-boot', 'part pv.1 --grow', 'volgroup a pv.1', 'logvol / --vgname=a --name=root --size=90000'],
    '3: the volumes of a take more than its 18936 MiB',
  ],
  [
    ['reqpart --add-boot', 'part pv.1 --size=1', 'volgroup a pv.1', 'logvol / --vgname=b --name=root --size=1'],
    '4: logvol /: there is no volgroup b',
  ],
  [
    ['reqpart --add-boot', 'part pv.1 --size=1', 'volgroup a pv.1 pv.2', 'logvol / --vgname=a --name=root --size=1'],
    '3: volgroup a: there is no part pv.2',
  ],
  [
    [
      'ignoredisk --only-use=vda',
      'reqpart --add-boot',
      'part pv.1 --size=1',
      'volgroup host pv.1',
      'logvol / --vgname=host --name=root --size=1',
    ],
    '4: volgroup host: vdb holds a group of this name',
    {
      computer: {
        disks: [
          disk('vda'),
          disk('vdb', {
            holds: [
              {
                name: 'host-root',
                kind: 'lvm',
                sizeBytes: 1,
                content: '',
                label: '',
                partitionType: '',
                mountPoints: [],
              },
            ],
          }),
        ],
      },
    },
  ],
  [
    ['clearpart --linux', 'autopart'],
    '1: this installer cannot honour --linux of clearpart: a disk is taken as a whole, with a new GPT: say `clearpart --all`',
  ],
  [['clearpart --all --disklabel=msdos', 'autopart'], '1: clearpart --disklabel=msdos: only gpt'],
  [['autopart', 'bootloader --location=none'], '2: a disk needs a boot loader of its own'],
  [['autopart', 'bootloader --sdboot'], '2: bootloader --sdboot: the system on this medium is started by GRUB'],
  [['autopart'], '-: the system on this medium is started by systemd-boot', { packages: ['systemd-boot'] }],
  [
    ['autopart', 'bootloader --sdboot'],
    '2: systemd-boot starts by UEFI only, and this computer was started by BIOS',
    { packages: ['systemd-boot'], computer: { firmware: 'bios' } },
  ],
  [
    ['reqpart --add-boot', 'part / --grow', 'bootloader --sdboot'],
    '-: systemd-boot does not read this /boot',
    { packages: ['systemd-boot'] },
  ],
  [['part / --grow', 'bootloader --sdboot'], '2: systemd-boot needs a part /boot/efi', { packages: ['systemd-boot'] }],
  [
    ['part /boot/efi --fstype=efi --size=200', 'part / --grow', 'bootloader --sdboot'],
    '1: part /boot/efi --size=200: systemd-boot keeps kernels there',
    { packages: ['systemd-boot'] },
  ],
  [
    ['autopart', 'bootloader --append="rd.luks.options=tpm2-device=auto"'],
    '2: tpm2-device= without anything encrypted',
  ],
  [
    ['autopart --encrypted --passphrase=x', 'bootloader --append="rd.luks.options=tpm2-device=auto"'],
    '2: tpm2-device=auto: this computer has no TPM 2.0, or its firmware has switched it off',
    { computer: { hasTpm: false } },
  ],
])('%j is refused: %s', (lines, message, situation = {}) => {
  const planned = planFor([...lines, letIn], situation);
  expect(told(planned)).toContain(message);
  expect(planned.installation).toBeUndefined();
});

test('space is shared equally, up to the maximum of each', () => {
  const grower = { sizeMiB: 100, grows: true };
  expect(shareSpace([{ sizeMiB: 50, grows: false }, grower, { ...grower, maximumMiB: 150 }], 1000)).toEqual([
    50, 800, 150,
  ]);
  expect(shareSpace([grower, grower, grower], 1000)?.reduce((sum, size) => sum + size, 0)).toBe(1000);
  expect(shareSpace([grower], 99)).toBeUndefined();
  expect(shareSpace([{ ...grower, maximumMiB: 120 }], 1000)).toEqual([120]);
});
