import type { KickstartModel } from 'kickstart-parser';
import { grubMenu, menuEntry } from '../../boot-menu/index.ts';
import type { Medium } from '../medium/medium.ts';
import type { Layout } from '../storage/layout.ts';
import { type Step, shell, target, writing } from './step.ts';
import { commandLine } from './system-steps.ts';

/**
 * GRUB and its menu, for each firmware that has a partition. All that a loader reads is on the disk, past every cache, before
 * the one thing is written that firmware looks for: the boot sector, and shim.
 */
export function loaderSteps(model: KickstartModel, layout: Layout, medium: Medium, firmware: 'bios' | 'uefi'): Step[] {
  const { disk, esp, hasBios, fileSystemUuid, menuDirectory } = layout.boot;
  const line = commandLine(model, layout, medium);
  const name = `/dev/${disk.name}`;
  const efi = `${target}/boot/efi`;
  return [
    writing('Writing the boot menu', '/boot/grub/grub.cfg', menu(model, medium, fileSystemUuid, line)),
    ...(hasBios
      ? [
          {
            title: 'Copying GRUB for BIOS',
            argv: [
              'grub-install',
              '--target=i386-pc',
              '--no-bootsector',
              `--boot-directory=${target}/boot`,
              '--no-floppy',
              name,
            ],
          },
        ]
      : []),
    ...(esp === undefined
      ? []
      : [
          shell('Copying GRUB for UEFI', copyGrub, efi),
          writing(
            'Writing where GRUB goes on',
            '/boot/efi/EFI/debian/grub.cfg',
            grubStart(fileSystemUuid, menuDirectory),
          ),
        ]),
    onDisk('Writing everything to the disk before it can start', layout),
    ...(hasBios ? [shell('Making the disk start by BIOS', bootSector, `${target}/boot/grub/i386-pc`, name)] : []),
    ...(esp === undefined ? [] : [shell('Making the disk start by UEFI', shim, efi)]),
    onDisk('Writing the boot loaders to the disk', layout),
    ...(esp === undefined || firmware === 'bios' ? [] : [firmwareEntry(name, esp, medium)]),
  ];
}

/** Unlike a plain `sync`, this fails where the disk has refused something since it was mounted. */
function onDisk(title: string, { fileSystems }: Layout): Step {
  const mountPoints = fileSystems.map(({ mountPoint }) => `${target}${mountPoint === '/' ? '' : mountPoint}`);
  return { title, argv: ['sync', '--file-system', ...mountPoints] };
}

function menu(model: KickstartModel, medium: Medium, uuid: string, line: readonly string[]): string {
  const entry = (title: string, suffix: string) => menuEntry(title, `/vmlinuz${suffix}`, `/initrd.img${suffix}`, line);
  return grubMenu(
    [
      `search --no-floppy --fs-uuid --set=root ${uuid}`,
      entry(medium.title, ''),
      'if [ -e /initrd.img.old ]; then',
      entry(`${medium.title}, the kernel before the last update`, '.old'),
      'fi',
    ],
    model.commands.bootloader?.timeout ?? medium.menuTimeout,
  );
}

function grubStart(uuid: string, menuDirectory: string): string {
  return [
    `search --no-floppy --fs-uuid --set=root ${uuid}`,
    `set prefix=($root)${menuDirectory}`,
    'configfile $prefix/grub.cfg',
    '',
  ].join('\n');
}

/** What `grub-install` calls last, when it is not told to leave the boot sector alone. */
const bootSector = '/usr/lib/grub/i386-pc/grub-bios-setup --directory="$1" "$2"; blockdev --flushbufs "$2"';

/** In shim's own directory for the firmware's entry, and at the path that a firmware without one looks at. */
const copyGrub = `mkdir -p "$1/EFI/phyllome" "$1/EFI/BOOT" "$1/EFI/debian"
for directory in phyllome BOOT; do
  cp /usr/lib/shim/mmx64.efi.signed "$1/EFI/$directory/mmx64.efi"
  cp /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed "$1/EFI/$directory/grubx64.efi"
done`;

/** A name appears when what it names is on the disk. */
const shim = `for file in phyllome/shimx64.efi BOOT/BOOTX64.EFI; do
  cp /usr/lib/shim/shimx64.efi.signed "$1/EFI/$file.new"
  sync --file-system "$1"
  mv "$1/EFI/$file.new" "$1/EFI/$file"
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
