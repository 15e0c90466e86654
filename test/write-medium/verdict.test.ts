import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type BlockDevice, listing, readListing } from '../../scripts/write-medium/block-devices.ts';
import { diskInWords } from '../../scripts/write-medium/in-words.ts';
import { readUses } from '../../scripts/write-medium/mounts.ts';
import { find, misfits, refusals, type Surroundings } from '../../scripts/write-medium/verdict.ts';

/** What Debian 13 said on one machine of QEMU with a disk of every kind, and something on most of them. */
const recorded = JSON.parse(readFileSync(new URL('./recorded/computer.json', import.meta.url), 'utf8')) as {
  readonly lsblk: { readonly blockdevices: readonly Readonly<Record<string, unknown>>[] };
  readonly mountinfo: string;
  readonly swaps: string;
};
const surroundings: Surroundings = {
  devices: readListing(JSON.stringify(recorded.lsblk)),
  uses: readUses(recorded.mountinfo, recorded.swaps),
  kept: ['/'],
  cards: new Set(['mmcblk0']),
};
const judge = (path: string, own: Partial<Surroundings> = {}, alsoFixed = false) =>
  refusals({ path, alsoFixed }, { ...surroundings, ...own });
const codes = (...given: Parameters<typeof judge>) => judge(...given).map(({ code }) => code);
const disk = (path: string): BlockDevice => {
  const found = find(path, surroundings.devices);
  if (found === undefined) throw new Error(`${path} is not recorded`);
  return found;
};

test.each([
  ['an empty USB stick', '/dev/sde', []],
  ['a USB disk', '/dev/sdg', []],
  ['an SD card', '/dev/mmcblk0', []],
  ['a mounted USB stick', '/dev/sdd', ['disk-mounted']],
  ['a partition', '/dev/sdd1', ['partition-no-disk']],
  ['a disk of virtio that is mounted whole', '/dev/vda', ['disk-mounted', 'disk-not-removable']],
  ['a disk that can only be read', '/dev/vdb', ['disk-read-only', 'disk-not-removable']],
  ['an NVMe with a volume group in use', '/dev/nvme0n1', ['disk-held', 'disk-not-removable']],
  ['a volume of LVM', '/dev/mapper/vg0-root', ['no-disk']],
  ['a SATA disk in a RAID', '/dev/sda', ['disk-held', 'disk-not-removable']],
  ['the RAID', '/dev/md0', ['no-disk']],
  ['a disk whose encryption is open', '/dev/sdc', ['disk-held', 'disk-not-removable']],
  ['what it holds', '/dev/mapper/vault', ['no-disk']],
  ['a file that is used as a disk', '/dev/loop0', ['disk-not-removable']],
  ['compressed memory that is swapped to', '/dev/zram0', ['disk-is-swap', 'disk-not-removable']],
  ['a CD', '/dev/sr0', ['no-disk']],
  ['what is not listed', '/dev/sdz', ['unknown-disk']],
])('%s (%s)', (_, path, expected) => {
  expect(codes(path)).toEqual(expected);
});

test('who names a fixed disk twice is still refused one that is in use', () => {
  expect(codes('/dev/loop0', {}, true)).toEqual([]);
  expect(codes('/dev/sda', {}, true)).toEqual(['disk-held']);
  expect(codes('/dev/vda', {}, true)).toEqual(['disk-mounted']);
});

test('refusals say where it is mounted, who holds it and what to do', () => {
  expect(judge('/dev/sdd')[0]).toMatchObject({
    message: '/dev/sdd is mounted: /dev/sdd1 at /mnt/my stick',
    hint: 'If you do not need it: sudo umount /dev/sdd1',
  });
  expect(judge('/dev/sda')[0]?.message).toBe('/dev/sda is part of /dev/md0 (raid1)');
  expect(judge('/dev/nvme0n1')[0]?.message).toBe('/dev/nvme0n1 is part of /dev/mapper/vg0-root (lvm)');
  expect(judge('/dev/sdd1')[0]).toMatchObject({
    message: '/dev/sdd1 is a partition of /dev/sdd: an image is written to a whole disk',
    hint: 'The disk is /dev/sdd. All that is on it is lost.',
  });
  expect(judge('/dev/zram0')[0]?.message).toBe('memory is swapped to /dev/zram0');
});

test('of a disk that the system or our files lie on nothing else is said: how to free it would be bad advice', () => {
  const kept = ['/mnt/sys', '/mnt/sys/home/ada/.cache/phyllome'];
  expect(judge('/dev/vda', { kept }, true)).toEqual([
    {
      code: 'disk-of-system',
      severity: 'error',
      message: '/dev/vda is in use by this system: /mnt/sys, /mnt/sys/home/ada/.cache/phyllome lie on it',
    },
  ]);
  // By way of a volume that lies on it.
  const onVolume = recorded.mountinfo.replace(
    '254:0 / /mnt/sys rw,relatime - ext4 /dev/vda',
    '0:99 / /mnt/sys rw,relatime - btrfs /dev/mapper/vg0-root',
  );
  expect(codes('/dev/nvme0n1', { uses: readUses(onVolume, ''), kept: ['/mnt/sys'] }, true)).toEqual(['disk-of-system']);
});

test('the kernel’s own word does not make a disk one that comes out', () => {
  // Ports that allow changing a disk call any disk removable; soldered memory is in the slot of a card.
  const changed = (path: string, own: Partial<BlockDevice>) => ({ devices: [{ ...disk(path), ...own, children: [] }] });
  expect(codes('/dev/sda', changed('/dev/sda', { saysRemovable: true }))).toEqual(['disk-not-removable']);
  expect(codes('/dev/mmcblk0', { cards: new Set() })).toEqual(['disk-not-removable']);
  expect(codes('/dev/sda', changed('/dev/sda', { saysRemovable: true, bus: '' }))).toEqual([]);
});

test('an empty drive has nothing to write to, and one of several ways to a disk is held by all of them', () => {
  const way = { ...disk('/dev/sdf'), children: [{ ...disk('/dev/sdf'), path: '/dev/mapper/mpatha', type: 'mpath' }] };
  expect(codes('/dev/sdf', { devices: [way] }, true)).toEqual(['disk-held']);
  expect(codes('/dev/mapper/mpatha', { devices: [way] }, true)).toEqual(['no-disk']);
  expect(codes('/dev/sde', { devices: [{ ...disk('/dev/sde'), bytes: 0 }] })).toEqual(['no-medium']);
});

test('an image that does not fit is told with both sizes', () => {
  const stick = disk('/dev/sde');
  expect(misfits(stick, { bytes: 134_217_728, sectorBytes: 512 })).toEqual([]);
  expect(misfits(stick, { bytes: 134_217_729 })[0]?.message).toBe(
    'the image is 128.0 MiB (134217729 bytes), and /dev/sde 128.0 MiB (134217728 bytes): too small',
  );
  const large = disk('/dev/sdg');
  expect(large.sectorBytes).toBe(4096);
  expect(misfits(large, { bytes: 512, sectorBytes: 512 }).map(({ code }) => code)).toEqual(['other-sectors']);
  expect(misfits(large, { bytes: 512 })).toEqual([]);
});

test('a disk is shown with what is on it', () => {
  expect(diskInWords(disk('/dev/sdd'))).toEqual([
    '/dev/sdd: QEMU HARDDISK, 64.0 MiB (67108864 bytes), usb, serial number STICK1',
    '  /dev/sdd1  39.0 MiB  vfat “HOLIDAY”',
    '  /dev/sdd2  24.0 MiB  ext4 “my files”',
  ]);
  expect(diskInWords(disk('/dev/sde'))[1]).toBe('  nothing that is known is on it');
  expect(diskInWords({ ...disk('/dev/sde'), model: 'a\u001b[2Jb', table: 'gpt' })).toEqual([
    '/dev/sde: ab, 128.0 MiB (134217728 bytes), usb, serial number STICK2',
    '  a partition table (gpt) without partitions',
  ]);
});

test('earlier versions of lsblk write numbers and truth as text', () => {
  const row = {
    kname: 'sdb',
    path: '/dev/sdb',
    'maj:min': '8:16',
    type: 'disk',
    size: '64',
    rm: '1',
    ro: '0',
    tran: 'usb',
  };
  expect(readListing(JSON.stringify({ blockdevices: [row] }))[0]).toMatchObject({
    bytes: 64,
    saysRemovable: true,
    isReadOnly: false,
    sectorBytes: 512,
    model: '',
  });
});

test('a listing without a tree would hide who holds a disk', () => {
  expect(listing.argv).toContain('--tree');
});
