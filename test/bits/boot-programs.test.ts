import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bootProgramsOn, bootProgramsOnDisk, fileSource } from '../../scripts/bits/index.ts';
import { ofSecureBoot } from '../../scripts/engines/direct/secure-boot.ts';
import { RecordingRunner } from '../../scripts/process/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { diskWith, fatWith } from '../secure-boot/made-disk.ts';
import { programWith, shimSbat, signature } from '../secure-boot/made-program.ts';
import { fileOf } from './made.ts';

const shim = programWith([signature('shim-1'), signature('shim-2')], shimSbat);
const grub = programWith([signature('grub-1')]);
const loaders = { 'EFI/BOOT/BOOTX64.EFI': shim, 'EFI/BOOT/GRUBX64.EFI': grub };
const found = (bytes: Buffer) =>
  bootProgramsOn(fileSource(fileOf(bytes))).map(({ role, path: place, signers }) => [role, place, signers.length]);

test('loaders are found in the EFI system partition of a disk, and on a stick with FAT alone', () => {
  const all = [
    ['first', 'EFI/BOOT/BOOTX64.EFI', 2],
    ['next', 'EFI/BOOT/GRUBX64.EFI', 1],
  ];
  expect(found(diskWith(fatWith(loaders)))).toEqual(all);
  expect(found(fatWith(loaders))).toEqual(all);
});

test('what is no program, or damaged, tells nothing', () => {
  expect(found(fatWith({ 'EFI/BOOT/BOOTX64.EFI': Buffer.from('text'), 'EFI/BOOT/GRUBX64.EFI': grub }))).toEqual([
    ['next', 'EFI/BOOT/GRUBX64.EFI', 1],
  ]);
  expect(found(diskWith(fatWith(loaders)).subarray(0, 2048 * 512 + 600))).toEqual([]);
  expect(found(Buffer.from('nothing'))).toEqual([]);
});

test('a raw disk is read without any program, and one that QEMU cannot read tells nothing', async () => {
  const means = {
    runner: new RecordingRunner(() => ({ exitCode: 1, stderr: 'Image is corrupt' })),
    toolsRoot: '/tools',
    scratch: scratchDirectory(),
  };
  expect(await bootProgramsOnDisk(fileOf(diskWith(fatWith(loaders))), means)).toHaveLength(2);
  expect(means.runner.commands).toEqual([]);
  expect(await bootProgramsOnDisk(fileOf('QFI\u00fb and no more'), means)).toEqual([]);
});

test('of a build, the kernel of the system is told with what firmware starts', () => {
  const directory = scratchDirectory();
  writeFileSync(path.join(directory, 'disk.raw'), diskWith(fatWith(loaders)));
  writeFileSync(path.join(directory, 'vmlinuz'), programWith([signature('grub-1')]));
  const { secureBoot } = ofSecureBoot('disk-qcow2', { own: '/nowhere', disk: directory, initramfs: directory });
  expect(secureBoot?.programs.map((one) => one.path)).toEqual([
    'EFI/BOOT/BOOTX64.EFI',
    'EFI/BOOT/GRUBX64.EFI',
    'vmlinuz',
  ]);
  expect(secureBoot?.starts.filter(({ starts }) => starts).map(({ keys }) => keys)).toEqual([
    'keys-2011',
    'keys-2023',
    'keys-both',
    'setup-mode',
  ]);
  expect(ofSecureBoot('oci', { own: directory, disk: directory, initramfs: directory })).toEqual({});
});
