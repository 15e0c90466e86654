import type { KickstartModel } from 'kickstart-parser';
import { type PartitionRole, roleOf } from '../../../configure/index.ts';
import { imageKind } from '../../../image/index.ts';
import { placeOf } from '../identifiers.ts';
import { askedPartitions, type Subvolume } from './asked-partitions.ts';

/** A disk image as the kickstart's storage commands ask for it. */
export interface DiskLayout {
  readonly partitions: readonly Partition[];
  /** `bootloader --sdboot`: systemd-boot, for UEFI only. Else GRUB, for whichever firmware has its partition. */
  readonly loader: 'grub' | 'systemd-boot';
}

export interface Partition {
  readonly role: PartitionRole;
  /** Counted from 1. */
  readonly number: number;
  /** Where it is mounted; `swap`, `biosboot` and a Btrfs volume of which only subvolumes are mounted are not. */
  readonly mountPoint: string;
  readonly fileSystem: string;
  readonly sizeMiB: number;
  readonly label: string;
  readonly mountOptions: string;
  /** GPT partition UUID: the place of one, until the build's content is known. */
  readonly uuid: string;
  /** It takes what is left of the disk, whenever the system starts (`part --grow`). Only the last one can. */
  readonly grows: boolean;
  /** Of Btrfs: directories at its top that are mounted apart. */
  readonly subvolumes: readonly Subvolume[];
}

/** A file system, or a part of one, with its place in the system. */
export interface Mount {
  readonly partition: Partition;
  readonly mountPoint: string;
  /** The subvolume's name. */
  readonly subvolume?: string;
}

/** Sizes used when the kickstart says none, in MiB. */
const defaultSizes = { 'bios-boot': 1, esp: 64, swap: 1024, 'file-system': 4096 };

/** Undefined for a live image. */
export function diskLayout(model: KickstartModel): DiskLayout | undefined {
  if (imageKind(model) !== 'disk') return undefined;
  return {
    loader: model.commands.bootloader?.sdboot === true ? 'systemd-boot' : 'grub',
    partitions: askedPartitions(model).map((entry, index): Partition => {
      const role = roleOf(entry.mountPoint, entry.fileSystem);
      const subvolumes = entry.subvolumes ?? [];
      const hasRoot = [entry, ...subvolumes].some(({ mountPoint }) => mountPoint === '/');
      return {
        role,
        number: index + 1,
        mountPoint: entry.mountPoint,
        fileSystem: role === 'esp' ? 'vfat' : role === 'swap' ? 'swap' : (entry.fileSystem ?? 'ext4'),
        sizeMiB: entry.sizeMiB ?? defaultSizes[role],
        label: entry.label ?? labelOf(hasRoot ? '/' : entry.mountPoint),
        mountOptions: entry.mountOptions ?? (role === 'esp' ? 'umask=0077,shortname=winnt' : 'defaults'),
        uuid: placeOf(partitionIdentifier(index + 1)),
        grows: entry.grows,
        subvolumes,
      };
    }),
  };
}

/** Every file system and subvolume that is filled with its part of the tree, in the order of the partitions. */
export function mountsOf(partitions: readonly Partition[]): readonly Mount[] {
  return partitions.flatMap((partition) => {
    if (partition.role !== 'file-system') return [];
    const { mountPoint, subvolumes } = partition;
    return [
      ...(mountPoint === '' ? [] : [{ partition, mountPoint }]),
      ...subvolumes.map(({ name, ...one }) => ({ partition, mountPoint: one.mountPoint, subvolume: name })),
    ];
  });
}

/** What holds the root file system. */
export function rootOf(partitions: readonly Partition[]): Mount {
  const root = mountsOf(partitions).find(({ mountPoint }) => mountPoint === '/');
  if (root === undefined) throw new Error('a disk layout without a root file system: it should have been refused');
  return root;
}

/** Where a boot loader finds kernels: the partition, and the directory in it that is /boot of the system. */
export interface BootPlace {
  readonly partition: Partition;
  /** As GRUB names it: `/boot`, empty at the top of a partition of its own. */
  readonly directory: string;
  /** Where the links to the newest kernel are, as GRUB names it; empty for the top of the partition. */
  readonly links: string;
}

export function bootOf(partitions: readonly Partition[]): BootPlace {
  const own = mountsOf(partitions).find(({ mountPoint }) => mountPoint === '/boot');
  const { partition, subvolume } = own ?? rootOf(partitions);
  const links = subvolume === undefined ? '' : `/${subvolume}`;
  return { partition, links, directory: own ? links : `${links}/boot` };
}

/** Whether /boot is apart from the root file system. */
export function hasOwnBoot(partitions: readonly Partition[]): boolean {
  return mountsOf(partitions).some(({ mountPoint }) => mountPoint === '/boot');
}

/** At most 12 characters: XFS takes no more. */
function labelOf(mountPoint: string): string {
  if (mountPoint === '/') return 'phyllome';
  return mountPoint === '/boot/efi' ? 'esp' : (mountPoint.split('/').at(-1) || 'data').slice(0, 12);
}

/** Name of the identifier of a partition. */
export function partitionIdentifier(number: number): string {
  return `partition-${number}`;
}
