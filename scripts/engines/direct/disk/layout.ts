import type { KickstartModel } from 'kickstart-parser';
import { imageKind } from '../../../image/index.ts';
import { placeOf } from '../identifiers.ts';

/** A disk image as the kickstart's `part` commands ask for it. */
export interface DiskLayout {
  readonly partitions: readonly Partition[];
  /** `bootloader --sdboot`: systemd-boot, for UEFI only. Else GRUB, for whichever firmware has its partition. */
  readonly loader: 'grub' | 'systemd-boot';
}

export interface Partition {
  readonly role: 'bios-boot' | 'esp' | 'swap' | 'file-system';
  /** Counted from 1. */
  readonly number: number;
  /** Where it is mounted; `swap` and `biosboot` are not. */
  readonly mountPoint: string;
  readonly fileSystem: string;
  readonly sizeMiB: number;
  readonly label: string;
  readonly mountOptions: string;
  /** GPT partition UUID: the place of one, until the build's content is known. */
  readonly uuid: string;
  /** It takes what is left of the disk, whenever the system starts (`part --grow`). Only the last one can. */
  readonly grows: boolean;
}

/** File systems that a tool can fill without mounting, and that GRUB reads. */
export const fileSystems = ['ext4', 'xfs', 'btrfs'];

/** Sizes used when the kickstart says none, in MiB. */
const defaultSizes = { 'bios-boot': 1, esp: 64, swap: 1024, 'file-system': 4096 };

/** Undefined for a live image. */
export function diskLayout(model: KickstartModel): DiskLayout | undefined {
  const { part } = model.commands;
  if (imageKind(model) !== 'disk') return undefined;
  return {
    loader: model.commands.bootloader?.sdboot === true ? 'systemd-boot' : 'grub',
    partitions: part.map((entry, index): Partition => {
      const role = roleOf(entry.mountpoint, entry.fstype);
      return {
        role,
        number: index + 1,
        mountPoint: entry.mountpoint,
        fileSystem: role === 'esp' ? 'vfat' : role === 'swap' ? 'swap' : (entry.fstype ?? 'ext4'),
        sizeMiB: entry.size ?? defaultSizes[role],
        label: entry.label ?? labelOf(entry.mountpoint),
        mountOptions: entry.fsopts ?? (role === 'esp' ? 'umask=0077,shortname=winnt' : 'defaults'),
        uuid: placeOf(partitionIdentifier(index + 1)),
        grows: entry.grow === true,
      };
    }),
  };
}

export function roleOf(mountPoint: string, fileSystem: string | undefined): Partition['role'] {
  if (mountPoint === 'biosboot' || fileSystem === 'biosboot') return 'bios-boot';
  if (mountPoint === '/boot/efi' || fileSystem === 'efi') return 'esp';
  return mountPoint === 'swap' || fileSystem === 'swap' ? 'swap' : 'file-system';
}

/** At most 12 characters: XFS takes no more. */
function labelOf(mountPoint: string): string {
  if (mountPoint === '/') return 'phyllome';
  return mountPoint === '/boot/efi' ? 'esp' : (mountPoint.split('/').at(-1) ?? '').slice(0, 12);
}

/** Name of the identifier of a partition. */
export function partitionIdentifier(number: number): string {
  return `partition-${number}`;
}
