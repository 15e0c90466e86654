import type { KickstartModel } from 'kickstart-parser';
import { grubMenu, menuEntry } from '../../boot-menu/index.ts';
import type { Medium } from '../medium/medium.ts';
import type { Layout } from '../storage/layout.ts';
import { efi, type Step, shell, target, writing } from './step.ts';

/** GRUB's menu, and all of it that the firmware does not start itself. */
export function grubSteps(model: KickstartModel, layout: Layout, medium: Medium, line: readonly string[]): Step[] {
  const { disk, esp, hasBios, fileSystemUuid, menuDirectory } = layout.boot;
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
              `/dev/${disk.name}`,
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
  ];
}

/** The one thing that a BIOS looks for. */
export function biosStep(layout: Layout): Step {
  return shell(
    'Making the disk start by BIOS',
    bootSector,
    `${target}/boot/grub/i386-pc`,
    `/dev/${layout.boot.disk.name}`,
  );
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

/** Where shim looks for what it starts. */
const copyGrub = `mkdir -p "$1/EFI/phyllome" "$1/EFI/BOOT" "$1/EFI/debian"
for directory in phyllome BOOT; do
  cp /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed "$1/EFI/$directory/grubx64.efi"
done`;
