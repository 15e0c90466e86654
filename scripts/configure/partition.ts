/** What a partition is for, as far as whoever makes it must know. */
export type PartitionRole = 'bios-boot' | 'esp' | 'swap' | 'file-system';

/** By what `part` says: the mount point, and `--fstype`. */
export function roleOf(mountPoint: string, fileSystem: string | undefined): PartitionRole {
  if (mountPoint === 'biosboot' || fileSystem === 'biosboot') return 'bios-boot';
  if (mountPoint === '/boot/efi' || fileSystem === 'efi') return 'esp';
  return mountPoint === 'swap' || fileSystem === 'swap' ? 'swap' : 'file-system';
}

/** File systems that hold a system: tools fill them without mounting them, and GRUB reads them. */
export const fileSystems: readonly string[] = ['ext4', 'xfs', 'btrfs'];

/** Whether a system needs the directory before it can mount anything. */
export function isNeededToMount(mountPoint: string): boolean {
  return /^\/(usr|etc|dev|proc|sys|run)(\/|$)/.test(mountPoint);
}
