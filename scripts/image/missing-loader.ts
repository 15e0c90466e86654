import { closeSync, openSync, readSync } from 'node:fs';
import type { RecognisedImage } from './recognise.ts';

/** How firmware sees an image: a CD is read by its boot catalogue, all else by its boot sector and its partitions. */
export type SeenAs = 'cdrom' | 'disk';

type Read = (at: number, length: number) => Buffer;

/**
 * Why this firmware cannot start anything of the image, where its own tables say so; undefined where it has what the firmware
 * looks for, or where that cannot be told from outside.
 */
export function missingLoader(
  file: string,
  recognised: RecognisedImage,
  seenAs: SeenAs,
  firmware: 'bios' | 'uefi',
): string | undefined {
  if (recognised.kind === 'pxe' || ('format' in recognised && recognised.format !== 'raw')) return undefined;
  const descriptor = openSync(file, 'r');
  const read: Read = (at, length) => {
    const buffer = Buffer.alloc(length);
    readSync(descriptor, buffer, 0, length, at);
    return buffer;
  };
  try {
    if (recognised.kind === 'kernel') return ofKernel(read, firmware);
    return seenAs === 'cdrom' ? ofCd(read, firmware) : ofDisk(read, firmware);
  } finally {
    closeSync(descriptor);
  }
}

/** https://docs.kernel.org/arch/x86/boot.html: Linux for BIOS says `HdrS`; UEFI starts programs in Microsoft's form. */
function ofKernel(read: Read, firmware: 'bios' | 'uefi'): string | undefined {
  if (firmware === 'bios' && read(0x202, 4).toString('latin1') !== 'HdrS')
    return 'it is a program for UEFI, and no Linux kernel that BIOS could start';
  if (firmware === 'uefi' && read(0, 2).toString('latin1') !== 'MZ')
    return 'it is a kernel without the form of a program that UEFI starts';
  return undefined;
}

const block = 2048;
const platforms = { bios: 0x00, uefi: 0xef } as const;
const names = { bios: 'BIOS', uefi: 'UEFI' } as const;

/** The El Torito specification, 2.0: the boot record names the catalogue, which has a section for each platform. */
function ofCd(read: Read, firmware: 'bios' | 'uefi'): string | undefined {
  const record = bootRecord(read);
  if (record === undefined) return 'it has no El Torito boot catalogue, which firmware starts CDs by';
  const catalogue = read(record.readUInt32LE(0x47) * block, block);
  const found = new Set<number>();
  let platform = catalogue.readUInt8(1);
  for (let at = 32; at < catalogue.length; at += 32) {
    const indicator = catalogue.readUInt8(at);
    if (indicator === 0x90 || indicator === 0x91) platform = catalogue.readUInt8(at + 1);
    else if (indicator === 0x88) found.add(platform);
  }
  if (found.has(platforms[firmware])) return undefined;
  const other = firmware === 'bios' ? 'uefi' : 'bios';
  return `its El Torito boot catalogue has nothing for ${names[firmware]}${found.has(platforms[other]) ? `, only for ${names[other]}` : ''}`;
}

function bootRecord(read: Read): Buffer | undefined {
  for (let number = 16; number < 32; number += 1) {
    const descriptor = read(number * block, block);
    const type = descriptor.readUInt8(0);
    if (type === 0 && descriptor.toString('latin1', 7, 30) === 'EL TORITO SPECIFICATION') return descriptor;
    if (type === 255) break;
  }
  return undefined;
}

/** EFI, and FAT in all its kinds: UEFI looks into any of them. */
const fatTypes = new Set([0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e, 0xef]);
/** The EFI system partition, and Microsoft's basic data, as they lie on the disk. */
const fatGuids = new Set(['28732ac11ff8d211ba4b00a0c93ec93b', 'a2a0d0ebe5b9334487c068b6b72699c7']);

function ofDisk(read: Read, firmware: 'bios' | 'uefi'): string | undefined {
  const sector = read(0, 512);
  if (firmware === 'bios') {
    const isEmpty = sector.readUInt16BE(510) !== 0x55aa || sector.subarray(0, 440).every((byte) => byte === 0);
    return isEmpty ? 'its first sector holds no program that BIOS could start' : undefined;
  }
  if (['FAT12', 'FAT16'].includes(sector.toString('latin1', 54, 59)) || sector.toString('latin1', 82, 87) === 'FAT32')
    return undefined;
  const types = [0, 1, 2, 3].map((index) => sector.readUInt8(446 + index * 16 + 4));
  if (types.some((type) => fatTypes.has(type)) || gptTypes(read).some((guid) => fatGuids.has(guid))) return undefined;
  return 'it has no partition with FAT, which UEFI starts EFI/BOOT/BOOTX64.EFI from';
}

/** UEFI, 5.3: the types of a GPT's partitions. With sectors of 4096 bytes it lies elsewhere. */
function gptTypes(read: Read): readonly string[] {
  for (const sectorBytes of [512, 4096]) {
    const header = read(sectorBytes, 512);
    if (header.toString('latin1', 0, 8) !== 'EFI PART') continue;
    const [count, size] = [Math.min(header.readUInt32LE(80), 1024), header.readUInt32LE(84)];
    if (size < 128 || size > 4096) return [];
    const table = read(Number(header.readBigUInt64LE(72)) * sectorBytes, count * size);
    return Array.from({ length: count }, (_, index) => table.toString('hex', index * size, index * size + 16));
  }
  return [];
}
