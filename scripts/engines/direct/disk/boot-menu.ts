import { grubMenu, menuEntry } from '../../../boot-menu/index.ts';
import type { Partition } from './layout.ts';

/**
 * GRUB's menu in the root file system. It names Debian's links `/vmlinuz` and `/initrd.img`, which every kernel update
 * moves, so that a new kernel starts with the same arguments and the one before it stays at hand.
 */
export function installedGrubMenu(
  title: string,
  root: Partition,
  commandLine: readonly string[],
  timeout?: number,
): string {
  // Whatever the partition is called by now: a machine gives it a name of its own at its first start.
  const entry = (name: string, suffix: string) =>
    menuEntry(name, `/vmlinuz${suffix}`, `/initrd.img${suffix}`, commandLine, 'root=PARTUUID=$phyllome_root');
  return grubMenu(
    [
      `set phyllome_root=${root.uuid}`,
      'probe --set=phyllome_root --part-uuid $root',
      'export phyllome_root',
      entry(title, ''),
      'if [ -e /initrd.img.old ]; then',
      entry(`${title}, the kernel before the last update`, '.old'),
      'fi',
    ],
    timeout,
  );
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

/** The kernel's command line on an installed system, besides the name of its root file system. */
export function installedCommandLine(kernelArguments: readonly string[]): string[] {
  return ['ro', ...kernelArguments];
}
