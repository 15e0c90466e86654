import { grubMenu, menuEntry } from '../grub-configuration.ts';
import type { Partition } from './layout.ts';

/**
 * GRUB's menu in the root file system. It names Debian's links `/vmlinuz` and `/initrd.img`, which every kernel update
 * moves, so that a new kernel starts with the same arguments and the one before it stays at hand.
 */
export function installedGrubMenu(title: string, commandLine: readonly string[]): string {
  return grubMenu([
    menuEntry(title, '/vmlinuz', '/initrd.img', commandLine),
    'if [ -e /initrd.img.old ]; then',
    menuEntry(`${title}, the kernel before the last update`, '/vmlinuz.old', '/initrd.img.old', commandLine),
    'fi',
  ]);
}

/** What GRUB reads first: go on with the menu in the root file system of the disk that the firmware started. */
export function grubStart(root: Partition): string {
  return `${[
    // At first $root is the partition that GRUB itself was read from: hd0,gpt2.
    `regexp --set=1:disk '^([^,]+)' "$root"`,
    `set root=$disk,gpt${root.number}`,
    'set prefix=($root)/boot/grub',
    'configfile $prefix/grub.cfg',
  ].join('\n')}\n`;
}

/** The kernel's command line on an installed system. */
export function installedCommandLine(root: Partition, kernelArguments: readonly string[]): string[] {
  return [`root=PARTUUID=${root.uuid}`, 'ro', ...kernelArguments];
}
