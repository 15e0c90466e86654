import { sizeInWords } from '../../diagnostic/index.ts';
import type { Disk } from './computer.ts';

/** Of what disks are told by. */
export interface ContentWords {
  readonly nothing: string;
  readonly otherData: string;
  readonly medium: string;
  readonly unknown: string;
  readonly table: (kind: string) => string;
  readonly holds: (parts: readonly string[]) => string;
  readonly turning: string;
  readonly serial: (number: string) => string;
  readonly sectors: (bytes: number) => string;
}

export const english: ContentWords = {
  nothing: 'holds nothing known',
  otherData: 'holds data of an unknown kind',
  medium: 'this medium',
  unknown: 'something unknown',
  table: (kind) => `a ${kind} table`,
  holds: (parts) => `holds ${parts.join(' with ')}`,
  turning: 'turning',
  serial: (number) => `serial ${number}`,
  sectors: (bytes) => `sectors of ${bytes} bytes`,
};

/** `vda: 20.0 GiB, virtio, "QEMU HARDDISK"; holds 2 partitions: vfat "EFI", ext4 "root"` */
export function diskInWords(disk: Disk, words: ContentWords = english): string {
  const about = [
    sizeInWords(disk.sizeBytes),
    ...(disk.bus === '' ? [] : [disk.bus]),
    ...(turns(disk) ? [words.turning] : []),
    ...(disk.model === '' ? [] : [`"${disk.model}"`]),
    ...(disk.serial === '' ? [] : [words.serial(disk.serial)]),
    ...(disk.sectorBytes === 512 ? [] : [words.sectors(disk.sectorBytes)]),
  ];
  return `${disk.name}: ${about.join(', ')}; ${contentInWords(disk, words)}`;
}

/** What is on it, for somebody who is about to wipe it. */
export function contentInWords(disk: Disk, words: ContentWords = english): string {
  if (disk.isMedium) return words.medium;
  // What a disk holds need not be anything that programs have a name for: no word may say that nothing is lost.
  if (isEmpty(disk)) return words.nothing;
  if (disk.hasOtherData === true) return words.otherData;
  const parts = disk.holds.map(({ kind, content, label, partitionType }) => {
    const what = content || partitionType || (kind === 'part' ? words.unknown : kind);
    return label === '' ? what : `${what} "${label}"`;
  });
  const table = disk.table === '' ? '' : words.table(disk.table.toUpperCase());
  const list = parts.length === 0 ? [] : [parts.join(', ')];
  return words.holds([...(table === '' ? [] : [table]), ...list]);
}

/** Has moving parts. Of a virtio disk, which is another computer's file or disk, the kernel knows nothing and says that it turns. */
export function turns({ isRotational, bus }: Disk): boolean {
  return isRotational && bus !== 'virtio';
}

/** Neither a table nor anything that a program knows, nor other data where somebody has looked. */
export function isEmpty(disk: Disk): boolean {
  return holdsNothingKnown(disk) && disk.hasOtherData !== true;
}

/** Neither a table nor anything that a program knows. */
export function holdsNothingKnown(disk: Disk): boolean {
  return disk.table === '' && disk.holds.length === 0;
}
