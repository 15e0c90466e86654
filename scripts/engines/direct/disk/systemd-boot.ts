import { outputOf, type Step, writeInputTo } from '../../../plan/index.ts';
import { inToolsTree } from '../../../process/index.ts';

/**
 * systemd-boot on the EFI system partition, with kernel and entry where kernel-install puts later ones
 * (its token, /etc/kernel/entry-token, is `phyllome`).
 */
export function systemdBootSteps(
  title: string,
  commandLine: readonly string[],
  directories: { readonly esp: string; readonly installed: string; readonly tools: string },
  timeout = 3,
): Step[] {
  const { esp, installed, tools } = directories;
  const tree = `${outputOf('root-tree')}/root`;
  const initramfs = outputOf('initramfs');
  const loader = [
    'version=$(ls "$1/usr/lib/modules")',
    'mkdir -p "$0/EFI/BOOT" "$0/EFI/systemd" "$0/phyllome/$version" "$0/loader/entries"',
    'cp "$1/usr/lib/systemd/boot/efi/systemd-bootx64.efi" "$0/EFI/systemd/systemd-bootx64.efi"',
    'cp "$1/usr/lib/systemd/boot/efi/systemd-bootx64.efi" "$0/EFI/BOOT/BOOTX64.EFI"',
    'cp "$2/vmlinuz" "$0/phyllome/$version/linux"',
    'cp "$2/initrd.img" "$0/phyllome/$version/initrd.img"',
    'printf "title %s\\nversion %s\\nsort-key phyllome\\noptions %s\\nlinux /phyllome/%s/linux\\ninitrd /phyllome/%s/initrd.img\\n" "$3" "$version" "$4" "$version" "$version" > "$0/loader/entries/phyllome-$version.conf"',
  ].join('\n');
  return [
    {
      id: 'entry-token',
      title: 'Naming the directory of kernels',
      argv: writeInputTo(`${installed}/etc/kernel/entry-token`),
      stdin: 'phyllome\n',
      needs: [],
    },
    {
      id: 'loader-configuration',
      title: 'Writing the boot menu',
      argv: writeInputTo(`${esp}/loader/loader.conf`),
      stdin: `timeout ${timeout}\n`,
      needs: [],
    },
    {
      id: 'systemd-boot',
      title: 'Adding systemd-boot, kernel and initramfs',
      argv: inToolsTree(tools, ['sh', '-euc', loader, esp, tree, initramfs, title, commandLine.join(' ')], {
        write: [outputOf('disk')],
        read: [tree, initramfs],
      }),
      needs: [],
    },
  ];
}
