import type { Dump, DumpedDisk } from '../../hardware/index.ts';
import type { Computer, Disk } from './computer.ts';

/** A computer by its description; undefined where that says nothing of disks. No disk is the medium: who describes a computer has not started it from one. */
export function computerOf(dump: Dump): Computer | undefined {
  if (dump.disks === undefined) return undefined;
  return {
    firmware: dump.firmware.uefi === 'yes' ? 'uefi' : 'bios',
    memoryMiB: Number(dump.memory['total-mib'] ?? 0),
    hasTpm: dump.firmware.tpm === '2',
    disks: dump.disks.map(diskOf),
  };
}

function diskOf({ paths, holds, ...rest }: DumpedDisk): Disk {
  return {
    ...rest,
    serial: '',
    links: paths,
    isRemovable: rest.isRemovable || rest.bus === 'usb',
    isMedium: false,
    holds: holds.map((content, index) => ({
      name: `${rest.name}-${index + 1}`,
      kind: 'part',
      sizeBytes: 0,
      content: content === 'part' ? '' : content,
      label: '',
      partitionType: '',
      mountPoints: [],
    })),
  };
}
