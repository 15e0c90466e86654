import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bootsWell, own, passes, runningMachines } from './boots-well.ts';
import { places } from './phyllome.ts';

afterAll(() => {
  expect(runningMachines()).toBe('');
});

test.each(['bios', 'secure-boot'])('nano-disk by %s boots, and every check passes', async (firmware) => {
  await bootsWell('nano-disk', firmware);
});

test.each([
  ['nano-boot', 'secure-boot', 'a raw disk whose kernels are in a file system of their own'],
  ['nano-btrfs', 'bios', 'subvolumes of Btrfs'],
])('%s by %s: %s', async (flavour, firmware) => {
  await bootsWell(flavour, firmware);
});

test('of two disks of one image each starts its own system, and it grows to its disk', async () => {
  await passes('--dir', own, 'build', 'nano-disk');
  const asked = ['two-disks', 'larger-disk', 'old-kernel'];
  await passes('--dir', own, 'test', 'nano-disk', '--again', '--scenario', ...asked);
});

test('a stick beside a disk of the same flavour starts its own system', async () => {
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
