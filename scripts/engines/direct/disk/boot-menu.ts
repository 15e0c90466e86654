import { grubMenu, menuEntry } from '../../../boot-menu/index.ts';
import { bootOf, type Partition, rootOf } from './layout.ts';

/**
 * GRUB's menu, where kernels are. It names the links `vmlinuz` and `initrd.img` of Debian's kernel packages, which every kernel
 * update moves, so that a new kernel starts with the same arguments and the one before it stays at hand. Not entries of the
 * boot loader specification, which Fedora's GRUB reads by `blscfg`: the one that Debian signs has no such command, and another one
 * would not start with Secure Boot.
 */
export function installedGrubMenu(
  title: string,
  partitions: readonly Partition[],
  commandLine: readonly string[],
  timeout?: number,
): string {
  const root = rootOf(partitions).partition;
  const { partition, links } = bootOf(partitions);
  // Whatever the partition is called by now: a machine gives it a name of its own at its first start.
  const entry = (name: string, suffix: string) =>
    menuEntry(
      name,
      `${links}/vmlinuz${suffix}`,
      `${links}/initrd.img${suffix}`,
      commandLine,
      'root=PARTUUID=$phyllome_root',
    );
  const probed = partition === root ? '$root' : `$disk,gpt${root.number}`;
  return grubMenu(
    [
      `set phyllome_root=${root.uuid}`,
      ...(partition === root ? [] : [diskOfRoot]),
      `probe --set=phyllome_root --part-uuid ${probed}`,
      'export phyllome_root',
      entry(title, ''),
      `if [ -e ${links}/initrd.img.old ]; then`,
      entry(`${title}, the kernel before the last update`, '.old'),
      'fi',
    ],
    timeout,
  );
}

/** `$root` is a partition: hd0,gpt2. */
const diskOfRoot = `regexp --set=1:disk '^([^,]+)' "$root"`;

/** What GRUB reads first: go on with the menu where kernels are, on the disk that the firmware started. */
export function grubStart(partitions: readonly Partition[]): string {
  const { partition, directory } = bootOf(partitions);
  return `${[
    // At first it is the one that GRUB itself was read from.
    diskOfRoot,
    `set root=$disk,gpt${partition.number}`,
    `set prefix=($root)${directory}/grub`,
    'configfile $prefix/grub.cfg',
  ].join('\n')}\n`;
}

/** The kernel's command line on an installed system, besides the name of its root file system. */
export function installedCommandLine(partitions: readonly Partition[], kernelArguments: readonly string[]): string[] {
  const { subvolume } = rootOf(partitions);
  return ['ro', ...(subvolume === undefined ? [] : [`rootflags=subvol=${subvolume}`]), ...kernelArguments];
}
