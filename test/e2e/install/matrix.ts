import type { InstallCase } from './install-case.ts';

const passphrase = 'correct horse battery staple';
const encrypted = `--encrypted --luks-version=luks2 --passphrase="${passphrase}"`;

const simplest: InstallCase = {
  name: 'bios-virtio-ext4',
  firmware: 'bios',
  from: 'cdrom',
  target: { bus: 'virtio', sizeMiB: 6144 },
  storage: ['autopart --type=plain --nohome --noswap'],
  by: 'credential',
  fileSystem: 'ext4',
};

/**
 * Which ways of installing are tried: each firmware, medium, bus, sector size, file system and kind of volume at least once, each
 * with something else that differs.
 */
export const matrix: readonly InstallCase[] = [
  simplest,
  // By the same answers: what tells these two computers apart is not in them.
  { ...simplest, name: `${simplest.name}-again` },
  {
    name: 'secure-boot-nvme-4096-xfs',
    firmware: 'secure-boot',
    from: 'usb',
    target: { bus: 'nvme', sizeMiB: 6144, sectorBytes: 4096 },
    storage: ['reqpart', 'part / --fstype=xfs --size=4096 --grow'],
    by: 'oemdrv',
    fileSystem: 'xfs',
    usual: true,
  },
  {
    name: 'uefi-sata-btrfs',
    firmware: 'uefi',
    from: 'cdrom',
    target: { bus: 'sata', sizeMiB: 6144 },
    storage: ['reqpart', 'part / --fstype=btrfs --size=4096 --grow'],
    by: 'credential',
    fileSystem: 'btrfs',
  },
  {
    name: 'uefi-usb-ext4',
    firmware: 'uefi',
    from: 'cdrom',
    target: { bus: 'usb', sizeMiB: 6144 },
    storage: ['autopart --type=plain --nohome --noswap'],
    by: 'credential',
    fileSystem: 'ext4',
  },
  {
    name: 'uefi-virtio-lvm',
    firmware: 'uefi',
    from: 'usb',
    target: { bus: 'virtio', sizeMiB: 6144 },
    storage: ['autopart --type=lvm --nohome --noswap'],
    by: 'credential',
    fileSystem: 'ext4',
  },
  {
    name: 'bios-sata-luks',
    firmware: 'bios',
    from: 'usb',
    target: { bus: 'sata', sizeMiB: 6144 },
    storage: [`autopart --type=plain --nohome --noswap ${encrypted}`],
    by: 'oemdrv',
    passphrase,
    mistyped: ['correct horse battery maple'],
    fileSystem: 'ext4',
  },
  {
    name: 'secure-boot-virtio-luks-lvm',
    firmware: 'secure-boot',
    from: 'cdrom',
    target: { bus: 'virtio', sizeMiB: 6144 },
    storage: [`autopart --type=lvm --nohome --noswap ${encrypted}`],
    by: 'credential',
    passphrase,
    fileSystem: 'ext4',
  },
  {
    name: 'secure-boot-virtio-luks-sd-boot',
    flavour: 'installer-sd-boot',
    firmware: 'secure-boot',
    from: 'usb',
    target: { bus: 'virtio', sizeMiB: 6144 },
    storage: [`autopart --type=plain --nohome --noswap ${encrypted}`, 'bootloader --sdboot'],
    by: 'credential',
    passphrase,
    fileSystem: 'ext4',
  },
  {
    name: 'secure-boot-nvme-luks-by-tpm',
    firmware: 'secure-boot',
    tpm: true,
    from: 'cdrom',
    target: { bus: 'nvme', sizeMiB: 6144 },
    storage: [
      `autopart --type=plain --nohome --noswap ${encrypted}`,
      'bootloader --append="rd.luks.options=tpm2-device=auto"',
    ],
    by: 'credential',
    passphraseElsewhere: passphrase,
    fileSystem: 'ext4',
  },
];
