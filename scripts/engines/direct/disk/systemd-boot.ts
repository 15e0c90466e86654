import { bootEntry, bootLoaderConfiguration, systemdBoot } from '../../../boot-menu/index.ts';
import { outputOf, type Step } from '../../../plan/index.ts';
import { inToolsTree } from '../../../process/index.ts';
import { writeStep } from '../write-step.ts';

/** In the entry until the version of the kernel is known. */
const versionPlace = '@kernel-version@';

/**
 * systemd-boot on the EFI system partition, with kernel and entry where kernel-install puts later ones. Where Debian's signed one
 * is in the image, shim starts it, so that the disk boots with Secure Boot too.
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
  const entry = `${esp}${systemdBoot.entry(versionPlace)}`;
  return [
    writeStep(
      'entry-token',
      'Naming the directory of kernels',
      `${installed}${systemdBoot.tokenFile}`,
      `${systemdBoot.token}\n`,
    ),
    writeStep('entry-title', 'Naming the system for entries', `${installed}${systemdBoot.titleFile}`, `${title}\n`),
    writeStep('entry-kind', 'Saying what kind of entries these are', `${esp}${systemdBoot.kind}`, 'type1\n'),
    writeStep(
      'loader-configuration',
      'Writing the boot menu',
      `${esp}${systemdBoot.menu}`,
      bootLoaderConfiguration(timeout),
    ),
    writeStep('entry', 'Writing the entry of the kernel', entry, bootEntry(title, versionPlace, commandLine)),
    {
      id: 'systemd-boot',
      title: 'Adding systemd-boot, kernel and initramfs',
      argv: inToolsTree(tools, ['sh', '-euc', addAll, esp, tree, initramfs, versionPlace], {
        write: [outputOf('disk')],
        read: [tree, initramfs],
      }),
      needs: [],
    },
  ];
}

/** $0: the partition's files; $1: the root tree; $2: kernel and initramfs; $3: what stands for the version in the entry. */
const addAll = `version=$(ls "$1/usr/lib/modules")
kernels=$0${systemdBoot.kernelDirectory('$version')}
mkdir -p "$0/EFI/BOOT" "$0/EFI/systemd" "$kernels"
loader=$1${systemdBoot.program}
if [ -e "$loader.signed" ]; then
  cp "$loader.signed" "$0/EFI/systemd/systemd-bootx64.efi"
  cp "$loader.signed" "$0/EFI/BOOT/grubx64.efi"
  cp /usr/lib/shim/shimx64.efi.signed "$0/EFI/BOOT/BOOTX64.EFI"
  cp /usr/lib/shim/mmx64.efi.signed "$0/EFI/BOOT/mmx64.efi"
else
  cp "$loader" "$0/EFI/systemd/systemd-bootx64.efi"
  cp "$loader" "$0/EFI/BOOT/BOOTX64.EFI"
fi
cp "$2/vmlinuz" "$kernels/linux"
cp "$2/initrd.img" "$kernels/initrd.img"
sed "s/$3/$version/g" "$0${systemdBoot.entry('$3')}" > "$0${systemdBoot.entry('$version')}"
rm "$0${systemdBoot.entry('$3')}"`;
