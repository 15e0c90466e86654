import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';

/** How a disk lies in its file, as QEMU calls it. */
export type DiskFormat = 'raw' | 'qcow2' | 'vmdk' | 'vpc' | 'vhdx';

/** What a file is that firmware, or QEMU, can start something from. `pxe`: a directory that is served by TFTP. */
export type RecognisedImage =
  | { readonly kind: 'iso' | 'disk'; readonly format: DiskFormat; readonly bytes: number; readonly wantedBytes: number }
  | { readonly kind: 'kernel'; readonly bytes: number }
  | { readonly kind: 'pxe'; readonly bytes: number };

const sector = 512;
const isoVolume = 0x8000;
/** Empty sectors at the end of an ISO, for drives that read ahead: some programs count them, and others cut them off. */
const padding = 150 * 2048;

/**
 * Tells by its content, not by its name, what an image is, and how long it says that it is.
 * @throws ReportedError where it is nothing that can be started as it is
 */
export function recogniseImage(file: string): RecognisedImage {
  const { head, tail, bytes, isDirectory } = read(file);
  if (isDirectory) return { kind: 'pxe', bytes };
  const text = (at: number, length: number) => head.toString('latin1', at, at + length);
  const packed = packers.find(({ magic }) => head.subarray(0, magic.length).equals(magic));
  if (packed !== undefined)
    throw notAnImage(file, `it is compressed (${packed.name})`, `Unpack it: ${packed.command} ${path.basename(file)}`);
  const disk = (format: DiskFormat, wantedBytes = bytes) => ({ kind: 'disk', format, bytes, wantedBytes }) as const;
  if (text(isoVolume + 1, 5) === 'CD001') {
    return { kind: 'iso', format: 'raw', bytes, wantedBytes: Math.max(isoBytes(head) - padding, 0) };
  }
  if (text(0, 4) === 'QFI\u00fb') return disk('qcow2');
  if (text(0, 4) === 'KDMV') return disk('vmdk');
  if (text(0, 8) === 'vhdxfile') return disk('vhdx');
  if (text(0, 8) === 'conectix' || tail.toString('latin1', 0, 8) === 'conectix') return disk('vpc');
  if (/^# Disk DescriptorFile/.test(text(0, 32))) {
    throw notAnImage(
      file,
      'it only describes a VMDK',
      'Name the file that it describes, `…-flat.vmdk`: that is a raw disk.',
    );
  }
  if (text(0x202, 4) === 'HdrS' || isProgramOfFirmware(head)) return { kind: 'kernel', bytes };
  if (head.length >= sector && head.readUInt16BE(510) === 0x55aa) return disk('raw', gptBytes(head) ?? bytes);
  throw notAnImage(
    file,
    bytes === 0
      ? 'it is empty'
      : 'it is neither ISO 9660, nor a disk with a boot sector (its bytes 510 and 511 are not 55 AA), nor a kernel',
    'Images are told by their content: ISO, raw, qcow2, VMDK, VHD and VHDX disks, a Linux kernel (with --initrd), or a directory that is served for PXE.',
  );
}

const packers: readonly { readonly magic: Buffer; readonly name: string; readonly command: string }[] = [
  { magic: Buffer.from('1f8b', 'hex'), name: 'gzip', command: 'gunzip --keep' },
  { magic: Buffer.from('fd377a585a00', 'hex'), name: 'xz', command: 'unxz --keep' },
  { magic: Buffer.from('28b52ffd', 'hex'), name: 'Zstandard', command: 'unzstd' },
  { magic: Buffer.from('425a68', 'hex'), name: 'bzip2', command: 'bunzip2 --keep' },
  { magic: Buffer.from('504b0304', 'hex'), name: 'ZIP', command: 'unzip' },
];

function read(file: string): { head: Buffer; tail: Buffer; bytes: number; isDirectory: boolean } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : String(code);
    throw notAnImage(file, why, '`phyllome test` takes the file of an image, or the name of a flavour that was built.');
  }
  try {
    const found = fstatSync(descriptor);
    const part = (length: number, at: number) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, at));
    };
    if (found.isDirectory()) return { head: Buffer.alloc(0), tail: Buffer.alloc(0), bytes: 0, isDirectory: true };
    return {
      head: part(isoVolume + 2048, 0),
      tail: part(sector, Math.max(0, found.size - sector)),
      bytes: found.size,
      isDirectory: false,
    };
  } finally {
    closeSync(descriptor);
  }
}

/** ECMA-119, 8.4: the size of the volume in blocks, and that of a block. */
const isoBytes = (head: Buffer): number => head.readUInt32LE(isoVolume + 80) * head.readUInt16LE(isoVolume + 128);

/** UEFI, 5.3.2: the second header of a GPT is in the last sector of the disk. */
function gptBytes(head: Buffer): number | undefined {
  if (head.toString('latin1', sector, sector + 8) !== 'EFI PART') return undefined;
  return (Number(head.readBigUInt64LE(sector + 32)) + 1) * sector;
}

/** A PE program: a kernel in one file with its initramfs, a loader. UEFI alone starts it. */
function isProgramOfFirmware(head: Buffer): boolean {
  if (head.toString('latin1', 0, 2) !== 'MZ' || head.length < 64) return false;
  const at = head.readUInt32LE(60);
  return head.toString('latin1', at, at + 4) === 'PE\0\0';
}

function notAnImage(file: string, why: string, hint: string): ReportedError {
  return new ReportedError({ code: 'not-an-image', severity: 'error', message: `${file}: ${why}`, hint });
}
