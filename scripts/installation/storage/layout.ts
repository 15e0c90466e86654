import type { Disk } from '../computer/computer.ts';

/** What will be made of a computer's disks, wholly decided: every size, device and identifier is known before anything is written. */
export interface Layout {
  readonly disks: readonly DiskLayout[];
  /** Opened in this order; those of volume groups come before the groups. */
  readonly encrypted: readonly EncryptedDevice[];
  readonly groups: readonly VolumeGroup[];
  /** Those with a mount point above others come first. */
  readonly fileSystems: readonly FileSystem[];
  readonly swaps: readonly Swap[];
  readonly boot: Boot;
  /** What tells the kernel and the initramfs where the root file system is. */
  readonly rootArguments: readonly string[];
}

export interface DiskLayout {
  readonly disk: Disk;
  /** Of the table. */
  readonly uuid: string;
  readonly partitions: readonly Partition[];
}

export interface Partition {
  /** Counted from 1. */
  readonly number: number;
  /** `/dev/nvme0n1p3` */
  readonly device: string;
  readonly type: PartitionType;
  readonly uuid: string;
  readonly name: string;
  readonly sizeMiB: number;
}

export type PartitionType = 'bios-boot' | 'esp' | 'root' | 'linux' | 'swap' | 'lvm' | 'luks';

export interface EncryptedDevice {
  /** What is encrypted. */
  readonly device: string;
  /** Where it is once it is open: /dev/mapper/NAME. */
  readonly name: string;
  readonly uuid: string;
  readonly passphrase: string;
  /** Opened by the initramfs: the root file system, or a part of the group that it is in. */
  readonly isNeededForRoot: boolean;
}

export interface VolumeGroup {
  readonly name: string;
  readonly devices: readonly string[];
  readonly volumes: readonly { readonly name: string; readonly sizeMiB: number }[];
}

export interface FileSystem {
  readonly device: string;
  readonly kind: FileSystemKind;
  /** Of vfat: eight hexadecimal digits. */
  readonly uuid: string;
  readonly label: string;
  readonly mountPoint: string;
  readonly mountOptions: string;
  /** More for mkfs (`--mkfsoptions`). */
  readonly makingOptions: readonly string[];
}

export type FileSystemKind = 'ext4' | 'xfs' | 'btrfs' | 'vfat';

export interface Swap {
  readonly device: string;
  readonly uuid: string;
}

/** systemd-boot (`bootloader --sdboot`) reads kernels and menu from the EFI system partition alone, GRUB from a file system. */
export type Loader = 'grub' | 'systemd-boot';

export interface Boot {
  readonly loader: Loader;
  readonly disk: Disk;
  /** The file system that holds kernels, and GRUB's menu where GRUB starts them. */
  readonly fileSystemUuid: string;
  /** Where GRUB finds its menu in that file system: `/boot/grub`, or `/grub` of a /boot that is one. */
  readonly menuDirectory: string;
  /** /boot is a file system of its own. */
  readonly isSeparate: boolean;
  /** Partition of GRUB's core for BIOS. */
  readonly hasBios: boolean;
  /** The EFI system partition's number. */
  readonly esp?: number;
}
