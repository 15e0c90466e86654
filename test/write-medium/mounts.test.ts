import { expect, test } from 'vitest';
import { isMountOf, mountOf, readUses } from '../../scripts/write-medium/mounts.ts';

const mountinfo = [
  '22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw',
  '30 22 0:27 / /home rw shared:2 master:1 - btrfs /dev/mapper/home rw,subvol=/',
  '31 22 8:17 / /mnt/my\\040stick rw - vfat /dev/sdb1 rw',
  '32 22 0:30 / /run rw - tmpfs tmpfs rw',
  '33 32 8:33 / /run/media rw - ext4 /dev/sdc1 rw',
  '34 32 8:49 / /run/media rw - ext4 /dev/sdd1 rw',
  '',
].join('\n');
const swaps =
  'Filename\t\t\t\tType\t\tSize\n/dev/zram0                              partition\t524284\t\t0\n/my\\040swap file\t1\n';
const uses = readUses(mountinfo, swaps);

test('mounts and swaps are read, with blanks in their names', () => {
  expect(uses.mounts[2]).toEqual({ number: '8:17', at: '/mnt/my stick', source: '/dev/sdb1' });
  expect(uses.mounts[1]).toEqual({ number: '0:27', at: '/home', source: '/dev/mapper/home' });
  expect(uses.swaps).toEqual(['/dev/zram0', '/my swap']);
  expect(readUses('', '')).toEqual({ mounts: [], swaps: [] });
});

test.each([
  ['/', '254:1'],
  ['/usr/share', '254:1'],
  ['/homes', '254:1'],
  ['/home', '0:27'],
  ['/home/ada/.cache', '0:27'],
  ['/mnt/my stick/x.iso', '8:17'],
  ['/run/media/x', '8:49'],
])('%s lies on %s', (path, number) => {
  expect(mountOf(path, uses)?.number).toBe(number);
});

test('a mount is of a device by its number, or by its path where its file system has a number of its own', () => {
  const [, btrfs, stick] = uses.mounts;
  if (btrfs === undefined || stick === undefined) throw new Error('mounts are missing');
  expect(isMountOf(stick, { number: '8:17', path: '/dev/other' })).toBe(true);
  expect(isMountOf(btrfs, { number: '253:0', path: '/dev/mapper/home' })).toBe(true);
  expect(isMountOf(btrfs, { number: '253:0', path: '/dev/mapper/other' })).toBe(false);
});
