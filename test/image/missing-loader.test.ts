import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { missingLoader, type RecognisedImage } from '../../scripts/image/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

/** A file with these bytes at these places, and nothing else. */
function fileOf(bytes: number, parts: Readonly<Record<number, string | readonly number[]>>): string {
  const content = Buffer.alloc(bytes);
  for (const [at, part] of Object.entries(parts))
    content.set(typeof part === 'string' ? Buffer.from(part, 'latin1') : part, Number(at));
  const file = path.join(scratchDirectory(), 'image');
  writeFileSync(file, content);
  return file;
}

const iso = { kind: 'iso', format: 'raw', bytes: 1, wantedBytes: 1 } as const satisfies RecognisedImage;
const disk = { ...iso, kind: 'disk' } as const satisfies RecognisedImage;
const kernel = { kind: 'kernel', bytes: 1 } as const satisfies RecognisedImage;
const block = 2048;

/** A CD whose boot catalogue has these lines. */
const cd = (...catalogue: readonly (readonly number[])[]) =>
  fileOf(22 * block, {
    [16 * block]: '\u0001CD001',
    [17 * block]: '\u0000CD001\u0001EL TORITO SPECIFICATION',
    [17 * block + 0x47]: [20],
    [18 * block]: '\u00ffCD001',
    ...Object.fromEntries(catalogue.map((line, index) => [20 * block + index * 32, line])),
  });

test('a CD starts by what its boot catalogue has', () => {
  const both = cd([1, 0], [0x88], [0x91, 0xef], [0x88]);
  expect(missingLoader(both, iso, 'cdrom', 'bios')).toBeUndefined();
  expect(missingLoader(both, iso, 'cdrom', 'uefi')).toBeUndefined();
  const onlyBios = cd([1, 0], [0x88]);
  expect(missingLoader(onlyBios, iso, 'cdrom', 'bios')).toBeUndefined();
  expect(missingLoader(onlyBios, iso, 'cdrom', 'uefi')).toBe(
    'its El Torito boot catalogue has nothing for UEFI, only for BIOS',
  );
  // A section that is there and cannot be started.
  expect(missingLoader(cd([1, 0], [0x88], [0x91, 0xef], [0]), iso, 'cdrom', 'uefi')).toMatch(/only for BIOS$/);
  expect(missingLoader(cd([1, 0xef], [0x88]), iso, 'cdrom', 'bios')).toMatch(/nothing for BIOS, only for UEFI$/);
  expect(missingLoader(fileOf(22 * block, { [16 * block]: '\u0001CD001' }), iso, 'cdrom', 'bios')).toBe(
    'it has no El Torito boot catalogue, which firmware starts CDs by',
  );
});

const signature = { 510: [0x55, 0xaa] };
const withGpt = (type: string, sectorBytes = 512) =>
  fileOf(64 * 1024, {
    ...signature,
    450: [0xee],
    [sectorBytes]: 'EFI PART',
    [sectorBytes + 72]: [2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 128],
    [2 * sectorBytes + 128]: [...Buffer.from(type, 'hex')],
  });

test('a disk starts by its boot sector, or by a partition with FAT', () => {
  const esp = '28732ac11ff8d211ba4b00a0c93ec93b';
  for (const file of [withGpt(esp), withGpt(esp, 4096), fileOf(4096, { ...signature, 466: [0xef] })]) {
    expect(missingLoader(file, disk, 'disk', 'uefi')).toBeUndefined();
    expect(missingLoader(file, disk, 'disk', 'bios')).toBe('its first sector holds no program that BIOS could start');
  }
  const fat = fileOf(4096, { ...signature, 0: [0xeb], 54: 'FAT12' });
  expect(missingLoader(fat, disk, 'disk', 'uefi')).toBeUndefined();
  expect(missingLoader(fat, disk, 'disk', 'bios')).toBeUndefined();
  for (const file of [
    withGpt('af3dc60f838472478e793d69d8477de4'),
    fileOf(4096, { ...signature, 0: [0xeb], 450: [0x83] }),
  ]) {
    expect(missingLoader(file, disk, 'disk', 'uefi')).toMatch(/^it has no partition with FAT/);
  }
});

test('a kernel starts by BIOS as Linux, by UEFI as a program', () => {
  const linux = fileOf(4096, { 0: 'MZ', 514: 'HdrS' });
  expect(missingLoader(linux, kernel, 'disk', 'bios')).toBeUndefined();
  expect(missingLoader(linux, kernel, 'disk', 'uefi')).toBeUndefined();
  expect(missingLoader(fileOf(4096, { 0: 'MZ' }), kernel, 'disk', 'bios')).toMatch(/^it is a program for UEFI/);
  expect(missingLoader(fileOf(4096, { 514: 'HdrS' }), kernel, 'disk', 'uefi')).toMatch(/^it is a kernel without/);
});

test('what cannot be told from outside is tried', () => {
  const file = fileOf(4096, {});
  expect(missingLoader(file, { ...disk, format: 'qcow2' }, 'disk', 'uefi')).toBeUndefined();
  expect(missingLoader('/nonexistent', { kind: 'pxe', bytes: 0 }, 'disk', 'uefi')).toBeUndefined();
});
