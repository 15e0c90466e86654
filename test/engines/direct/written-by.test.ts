import { expect, test } from 'vitest';
import { writtenBy } from '../../../scripts/engines/direct/written-by.ts';
import { planOf } from './fixtures.ts';

const disk = ['reqpart', 'part / --size=4096', 'bootloader'];
const plans = [planOf([], ['live-iso', 'installer-iso', 'pxe', 'oci']), planOf(disk, ['disk-raw', 'disk-qcow2'])];
const isThere = (stage: string, step: string | undefined): boolean =>
  plans.some((plan) => plan.stages.some(({ id, steps }) => id === stage && steps.some((one) => one.id === step)));

const root = ['GPT', 'partition 3 (phyllome)', 'ext4'];
test.each([
  ['live-iso', 'ISO 9660', 'live-iso', 'iso'],
  ['live-iso', 'ISO 9660 > /boot/initrd.img > cpio > /etc/conf', 'initramfs', 'dracut'],
  ['live-iso', 'ISO 9660 > /boot/grub/grub.cfg', 'live-iso', 'identifiers'],
  ['live-iso', 'ISO 9660 > partition 2 (Appended2) > FAT > /EFI/BOOT/grubx64.efi', 'live-iso', 'efi'],
  ['live-iso', 'ISO 9660 > /LiveOS/squashfs.img > SquashFS', 'squashfs', 'squashfs'],
  ['installer-iso', 'ISO 9660 > /LiveOS/installer.img > SquashFS > /usr/bin/qjs', 'installer-iso', 'installer-image'],
  ['installer-iso', 'ISO 9660 > /boot/installer.img > cpio', 'installer-iso', 'installer-initramfs'],
  ['disk-raw', 'GPT', 'disk', 'partitions'],
  ['disk-raw', 'GPT > partition 1 (bios-boot)', 'disk', 'bios-setup'],
  ['disk-raw', 'GPT > partition 2 (esp) > FAT > /EFI/BOOT/BOOTX64.EFI', 'disk', 'esp'],
  ['disk-raw', `${root.join(' > ')} > /boot/grub/grub.cfg`, 'disk', 'identifiers'],
  ['disk-raw', `${root.join(' > ')} > /etc/fstab`, 'disk', 'identifiers'],
  ['disk-raw', `${root.join(' > ')} > /boot/initrd.img-6.12.1 > cpio > /init`, 'initramfs', 'dracut'],
  ['disk-qcow2', 'qcow2', 'disk-qcow2', 'compress'],
  ['oci', 'tar > blobs/sha256/01 > zstd > unpacked > tar', 'oci', 'layer'],
  ['oci', 'tar', 'oci', 'archive'],
])('of %s: %s is by the step of the plan that writes it', (output, way, stage, step) => {
  const name = output === 'oci' ? 'phyllome-x.oci.tar' : `phyllome-x.${output}`;
  expect(writtenBy({ output, where: [name, ...way.split(' > ')], kind: 'content' })).toEqual({ stage, step });
  expect(isThere(stage, step)).toBe(true);
});

test.each(['pxe/boot.ipxe', 'pxe/initrd.img', 'pxe/vmlinuz'])('of a set for the network: %s', (name) => {
  const { stage = '', step } = writtenBy({ output: 'pxe', where: [name], kind: 'content' }) ?? {};
  expect(isThere(stage, step)).toBe(true);
});

test('what a file of the tree holds was written into the tree; its time, by what made the image', () => {
  const where = ['phyllome-x.raw', ...root, '/etc/motd'];
  expect(writtenBy({ output: 'disk-raw', where, kind: 'content' })).toEqual({ stage: 'root-tree', path: '/etc/motd' });
  expect(writtenBy({ output: 'disk-raw', where, kind: 'time stamp' })).toEqual({ stage: 'disk', step: 'partitions' });
  for (const format of ['XFS', 'Btrfs']) {
    const there = ['phyllome-x.raw', 'GPT', 'partition 3 (phyllome)', format, '/etc/motd'];
    expect(writtenBy({ output: 'disk-raw', where: there, kind: 'content' })).toMatchObject({ path: '/etc/motd' });
    // Generation numbers of inodes are of whoever made the file system.
    expect(writtenBy({ output: 'disk-raw', where: there, kind: 'identifier' })).toMatchObject({ step: 'partitions' });
  }
  // A date that the file holds is not when it was changed.
  expect(writtenBy({ output: 'disk-raw', where, kind: 'time stamp', isContent: true })).toMatchObject({
    path: '/etc/motd',
  });
  const live = ['x.iso', 'ISO 9660', '/LiveOS/squashfs.img', 'SquashFS', '/etc/motd'];
  expect(writtenBy({ output: 'live-iso', where: live, kind: 'mode or owner' })).toEqual({
    stage: 'root-tree',
    path: '/etc/motd',
  });
  expect(writtenBy({ output: 'live-iso', where: live, kind: 'time stamp' })).toEqual({
    stage: 'squashfs',
    step: 'squashfs',
  });
});
