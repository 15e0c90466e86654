import { sizeInWords } from '../../diagnostic/index.ts';
import type { Disk } from './computer.ts';

/** `vda: 20.0 GiB, virtio, "QEMU HARDDISK"; holds 2 partitions: vfat "EFI", ext4 "root"` */
export function diskInWords(disk: Disk): string {
  const about = [
    sizeInWords(disk.sizeBytes),
    ...(disk.bus === '' ? [] : [disk.bus]),
    ...(turns(disk) ? ['turning'] : []),
    ...(disk.model === '' ? [] : [`"${disk.model}"`]),
    ...(disk.serial === '' ? [] : [`serial ${disk.serial}`]),
    ...(disk.sectorBytes === 512 ? [] : [`sectors of ${disk.sectorBytes} bytes`]),
  ];
  return `${disk.name}: ${about.join(', ')}; ${contentInWords(disk)}`;
}

/** What is on it, for somebody who is about to wipe it. */
export function contentInWords(disk: Disk): string {
  if (disk.isMedium) return 'this medium';
  // What a disk holds need not be anything that programs have a name for: no word may say that nothing is lost.
  if (isEmpty(disk)) return 'holds nothing known';
  const parts = disk.holds.map(({ kind, content, label, partitionType }) => {
    const what = content || partitionType || (kind === 'part' ? 'something unknown' : kind);
    return label === '' ? what : `${what} "${label}"`;
  });
  const table = disk.table === '' ? '' : `a ${disk.table === 'dos' ? 'DOS' : disk.table.toUpperCase()} table`;
  const list = parts.length === 0 ? [] : [parts.join(', ')];
  return `holds ${[...(table === '' ? [] : [table]), ...list].join(' with ')}`;
}

/** Has moving parts. Of a virtio disk, which is another computer's file or disk, the kernel knows nothing and says that it turns. */
export function turns({ isRotational, bus }: Disk): boolean {
  return isRotational && bus !== 'virtio';
}

/** Neither a table nor anything that a program knows. */
export function isEmpty(disk: Disk): boolean {
  return disk.table === '' && disk.holds.length === 0;
}
