import type { KickstartModel } from 'kickstart-parser';
import { bootEntry, bootLoaderConfiguration, systemdBoot } from '../../boot-menu/index.ts';
import type { Medium } from '../medium/medium.ts';
import { efi, type Step, shell, target, writing } from './step.ts';

/**
 * systemd-boot, its menu and the kernel on the EFI system partition, as kernel-install goes on with them at the next update. shim
 * starts what is called grubx64.efi beside it; `bootctl` knows the loader by its own place.
 */
export function systemdBootSteps(model: KickstartModel, medium: Medium, line: readonly string[]): Step[] {
  const { kernelVersion, title, menuTimeout } = medium;
  const onEsp = (file: string) => `/boot/efi${file}`;
  const timeout = model.commands.bootloader?.timeout ?? menuTimeout;
  return [
    writing('Naming the directory of kernels', systemdBoot.tokenFile, `${systemdBoot.token}\n`),
    writing('Naming the system for entries', systemdBoot.titleFile, `${title}\n`),
    writing('Saying what kind of entries these are', onEsp(systemdBoot.kind), 'type1\n'),
    writing('Writing the boot menu', onEsp(systemdBoot.menu), bootLoaderConfiguration(timeout)),
    shell(
      'Copying the kernel to the EFI partition',
      copyKernel,
      `${target}/boot`,
      kernelVersion,
      `${efi}${systemdBoot.kernelDirectory(kernelVersion)}`,
    ),
    writing(
      'Writing the entry of the kernel',
      onEsp(systemdBoot.entry(kernelVersion)),
      bootEntry(title, kernelVersion, line),
    ),
    shell('Copying systemd-boot', copyLoader, `${systemdBoot.program}.signed`, efi),
  ];
}

/** $1: where the system keeps kernels; $2: the version; $3: the directory of this kernel. */
const copyKernel = `mkdir -p "$3"
cp "$1/vmlinuz-$2" "$3/linux"
cp "$1/initrd.img-$2" "$3/initrd.img"`;

const copyLoader = `mkdir -p "$2/EFI/systemd"
cp "$1" "$2/EFI/systemd/systemd-bootx64.efi"
for directory in phyllome BOOT; do
  mkdir -p "$2/EFI/$directory"
  cp "$1" "$2/EFI/$directory/grubx64.efi"
done`;
