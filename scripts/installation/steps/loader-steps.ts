import type { KickstartModel } from 'kickstart-parser';
import type { Medium } from '../medium/medium.ts';
import type { Layout } from '../storage/layout.ts';
import { replacedPartitions } from './disk-steps.ts';
import { biosStep, grubSteps } from './grub-steps.ts';
import { efi, type Step, shell, target } from './step.ts';
import { commandLine } from './system-steps.ts';
import { systemdBootSteps } from './systemd-boot-steps.ts';

/**
 * The loader and its menu, for each firmware that has a partition. All that a loader reads is on the disk, past every cache, before
 * the one thing is written that firmware looks for: the boot sector, and shim.
 */
export function loaderSteps(model: KickstartModel, layout: Layout, medium: Medium, firmware: 'bios' | 'uefi'): Step[] {
  const { disk, esp, hasBios, loader } = layout.boot;
  const line = commandLine(model, layout, medium);
  const name = `/dev/${disk.name}`;
  return [
    ...(loader === 'grub' ? grubSteps(model, layout, medium, line) : systemdBootSteps(model, medium, line)),
    ...(esp === undefined ? [] : [shell("Copying shim's own menu", copyKeyMenu, efi)]),
    onDisk('Writing everything to the disk before it can start', layout),
    ...(hasBios ? [biosStep(layout)] : []),
    ...(esp === undefined ? [] : [shell('Making the disk start by UEFI', shim, efi)]),
    onDisk('Writing the boot loaders to the disk', layout),
    ...(esp === undefined || firmware === 'bios' ? [] : [forgetReplaced(layout), firmwareEntry(name, esp, medium)]),
  ];
}

/** Unlike a plain `sync`, this fails where the disk has refused something since it was mounted. */
function onDisk(title: string, { fileSystems }: Layout): Step {
  const mountPoints = fileSystems.map(({ mountPoint }) => `${target}${mountPoint === '/' ? '' : mountPoint}`);
  return { title, argv: ['sync', '--file-system', ...mountPoints] };
}

/** In the directory of the firmware's entry, and at the path that a firmware without one looks at. */
const copyKeyMenu = `for directory in phyllome BOOT; do
  mkdir -p "$1/EFI/$directory"
  cp /usr/lib/shim/mmx64.efi.signed "$1/EFI/$directory/mmx64.efi"
done`;

/** A name appears when what it names is on the disk. */
const shim = `for file in phyllome/shimx64.efi BOOT/BOOTX64.EFI; do
  cp /usr/lib/shim/shimx64.efi.signed "$1/EFI/$file.new"
  sync --file-system "$1"
  mv "$1/EFI/$file.new" "$1/EFI/$file"
done`;

/** Entries that lead to partitions which are no more: each installation would leave one of its own behind. */
function forgetReplaced({ disks }: Layout): Step {
  const names = disks.map(({ disk }) => replacedPartitions(disk.name));
  return { ...shell("Removing the firmware's entries of what was on the disk", forget, ...names), mayFail: true };
}

/** `Boot0003* TITLE<tab>HD(1,GPT,IDENTIFIER,0x800,…)/…` */
const forget = `replaced=$(cat "$@" | sort -u | sed '/^$/d')
[ -n "$replaced" ] || exit 0
efibootmgr --verbose | sed -n 's/^Boot\\([0-9A-Fa-f]\\{4\\}\\)[* ].*HD([0-9]*,GPT,\\([0-9A-Fa-f-]*\\),.*/\\1 \\2/p' |
while read -r number partition; do
  ! echo "$replaced" | grep -qixF "$partition" || efibootmgr --quiet --delete-bootnum --bootnum "$number"
done`;

/** The firmware's memory may be full or locked; then it starts what lies at the usual path. */
function firmwareEntry(disk: string, esp: number, medium: Medium): Step {
  const argv = ['efibootmgr', '--quiet', '--create', `--disk=${disk}`, `--part=${esp}`, `--label=${medium.title}`];
  return {
    title: "Making the firmware's entry",
    argv: [...argv, '--loader=\\EFI\\phyllome\\shimx64.efi'],
    mayFail: true,
  };
}
