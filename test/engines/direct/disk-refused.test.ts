import { expect, test } from 'vitest';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { plan } from './fixtures.ts';

const bios = 'part biosboot --fstype=biosboot --size=1';
const efi = 'part /boot/efi --fstype=efi --size=64';
const root = 'part / --fstype=xfs --size=2048 --label=host';
const loader = 'bootloader --location=mbr --append="iommu=pt"';

test.each([
  ['no boot loader', [bios, root, 'bootloader --location=none'], /a disk needs a boot loader/],
  ['nowhere for the boot loader', ['part /srv', root, loader], /no partition holds the boot loader/],
  ['no partition that this firmware starts from', ['part swap', root, loader], /no partition holds the boot loader/],
  ['systemd-boot that is not in the image', [efi, root, 'bootloader --sdboot'], /systemd-boot.*is not in %packages/],
  ['no root', [bios, 'part /srv', loader], /no part \/ holds the system/],
  ['a part of /boot', [bios, root, 'part /boot/grub', loader], /finds no kernels there/],
  [
    '/boot of systemd-boot',
    [efi, root, 'part /boot', 'bootloader --sdboot'],
    /systemd-boot does not read this file system/,
  ],
  ['LVM by autopart', ['autopart --type=lvm', loader], /autopart --type=lvm: LVM is made by the kernel/],
  ['growth of autopart without its program', ['autopart', loader], /autopart needs the package systemd-repart/],
  ['one place twice', [bios, root, 'part /', loader], /\/ is given twice/],
  [
    'a volume group',
    [bios, 'part pv.1', 'volgroup a pv.1', 'logvol / --vgname=a --name=r', loader],
    /command volgroup: LVM/,
  ],
  ['a physical volume alone', [bios, root, 'part pv.1', loader], /part pv.1: nothing is made of it/],
  ['RAID', [bios, root, 'raid /srv raid.1 raid.2 --device=0 --level=1', loader], /RAID is made of several disks/],
  ['a disk by name', [bios, 'part / --ondisk=sda', loader], /--ondisk.*one new disk/],
  ['a partition that is there', [bios, 'part / --onpart=sda1', loader], /--onpart.*one new disk/],
  [
    'Btrfs of two disks',
    [bios, 'part btrfs.1', 'part btrfs.2', 'btrfs / btrfs.1 btrfs.2', loader],
    /of 2 partitions, and a disk image is one disk/,
  ],
  ['Btrfs of nothing', [bios, 'btrfs / btrfs.1', loader], /there is no part btrfs.1/],
  ['a Btrfs part of nothing', [bios, root, 'part btrfs.1', loader], /part btrfs.1: no volume has it/],
  [
    'a volume that nobody sees',
    [bios, root, 'part btrfs.1', 'btrfs none --label=x btrfs.1', loader],
    /nothing of this volume is mounted/,
  ],
  [
    'a subvolume of nothing',
    [bios, 'part btrfs.1', 'btrfs / btrfs.1', 'btrfs /srv --subvol --name=s x', loader],
    /there is no volume x/,
  ],
  [
    'a volume with its subvolumes',
    [bios, 'part btrfs.1', 'btrfs / --label=x btrfs.1', 'btrfs /srv --subvol --name=s x', loader],
    /mounted itself, and of subvolumes/,
  ],
  ['a part of the system itself', [bios, root, 'part /usr', loader], /before it can mount anything/],
  ['a foreign file system', [bios, 'part / --fstype=ntfs', loader], /must be ext4, xfs, btrfs/],
  [
    'growth of what is in the middle',
    [bios, `${root} --grow`, 'part /srv', loader],
    /only the last partition can grow/,
  ],
  ['growth of swap', [bios, root, 'part swap --grow', loader], /only a file system can grow/],
  ['growth without its program', [bios, `${root} --grow`, loader], /needs the package systemd-repart/],
  ['a table that is no GPT', ['clearpart --all --disklabel=msdos', bios, root, loader], /makes a GPT/],
  ['encryption', [bios, 'part / --encrypted', loader], /--encrypted.*share one key/],
  ['encryption by autopart', ['autopart --encrypted', loader], /--encrypted.*share one key/],
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
