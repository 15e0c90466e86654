import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bootsWell, own, passes, runningMachines } from './boots-well.ts';
import { identifiersOf } from './disk-identifiers.ts';
import { places } from './phyllome.ts';

/** `npm run test:disks` runs all of them, `ci/test` those that prove most for the time that they take. */
const all = process.env.PHYLLOME_DISKS === 'all';

afterAll(() => {
  expect(runningMachines()).toBe('');
});

// By BIOS it starts in every run with the seeded faults of a disk, where all other checks pass, too.
test.each(all ? ['bios', 'secure-boot'] : ['secure-boot'])(
  'nano-disk by %s boots, and every check passes',
  async (firmware) => {
    await bootsWell('nano-disk', firmware);
  },
);

const kinds = [
  ['nano-boot', 'secure-boot', 'a raw disk whose kernels are in a file system of their own'],
  ['nano-btrfs', 'bios', 'subvolumes of Btrfs'],
  ['nano-sd-boot', 'secure-boot', 'a menu of systemd-boot'],
] as const;
test.skipIf(!all).each(kinds)('%s by %s: %s', async (flavour, firmware) => {
  await bootsWell(flavour, firmware);
});

test.skipIf(!all).each(['nano-disk', 'nano-disk-xfs', 'nano-disk-btrfs'])(
  'of two disks of %s each starts its own system, and it grows to its disk',
  async (flavour) => {
    await passes('--dir', own, 'build', flavour);
    const asked = ['two-disks', 'larger-disk', 'old-kernel'];
    await passes('--dir', own, 'test', flavour, '--again', '--scenario', ...asked);
  },
);

test.skipIf(!all).each(['nano-disk', 'nano-disk-xfs', 'nano-disk-btrfs'])(
  'two copies of %s that were started have no identifier in common',
  async (flavour) => {
    await passes('--dir', own, 'build', flavour);
    const [one, other] = [await identifiersOf(flavour), await identifiersOf(flavour)];
    // Of the table, three partitions and the root file system.
    expect([one.length, other.length]).toEqual([5, 5]);
    expect(one.filter((id) => other.includes(id))).toEqual([]);
  },
);

test.skipIf(!all)('a guest on a disk that is marked starts with the host, though nobody asks libvirt', async () => {
  await passes('build', 'headless-disk');
  await passes('test', 'headless-disk', '--again', '--scenario', 'guests-at-boot');
});

test.skipIf(!all)('a stick beside a disk of the same flavour starts its own system', async () => {
  for (const flavour of ['nano', 'nano-disk']) await passes('--dir', own, 'build', flavour);
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-stick-'));
  const topology = path.join(directory, 'stick-and-disk.yaml');
  const disk = path.join(places.out, 'nano-disk', 'phyllome-nano-disk-debian-13.qcow2');
  writeFileSync(
    topology,
    [
      'topology: stick-and-disk',
      'summary: a stick beside an installed disk',
      'boot: {from: usb}',
      `disks: [{bus: virtio, sizeMiB: 4096, holds: ${JSON.stringify(disk)}}]`,
      '',
    ].join('\n'),
  );
  // Its checks look into the live system's own layers, which are not there where the root file system is the disk's.
  await passes('--dir', own, 'test', 'nano', '--topology', topology);
  rmSync(directory, { recursive: true });
});
