import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';

/** Volume id of Fedora's Everything medium. */
const standInLabel = 'Fedora-E-dvd-x86_64-44';

/** The menu of Fedora's media, as lorax writes it, for a console that a test can read. */
function menu(label: string): string {
  const entry = (title: string, more: string) =>
    `menuentry '${title}' --class fedora --class gnu-linux --class gnu --class os {\n\tlinux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=${label}${more} console=ttyS0,115200 quiet\n\tinitrd /images/pxeboot/initrd.img\n}`;
  return [
    'set default="1"',
    'set timeout=5',
    'serial --unit=0 --speed=115200',
    'terminal_output console serial',
    `search --no-floppy --set=root -l '${label}'`,
    entry('Install Fedora 44', ''),
    entry('Test this media & install Fedora 44', ' rd.live.check'),
    "submenu 'Troubleshooting -->' {",
    entry('Rescue a Fedora system', ' inst.rescue'),
    '}',
    '',
  ].join('\n');
}

/**
 * Makes a medium with the layout of Fedora's netinst ISO, by the options that lorax gives xorrisofs: BIOS by an El Torito image
 * whose GRUB reads /boot/grub2, UEFI by a FAT partition behind the ISO with a menu of its own. Its kernel is the one of an image
 * that the direct engine made; its initramfs holds the stand-in for Anaconda.
 */
export async function makeStandInIso(options: {
  readonly toolsRoot: string;
  /** Holds vmlinuz and initrd.img. */
  readonly initramfs: string;
  readonly directory: string;
  readonly script: string;
}): Promise<string> {
  const { directory, toolsRoot, initramfs } = options;
  const tree = path.join(directory, 'tree');
  for (const name of ['images/pxeboot', 'boot/grub2', 'EFI/BOOT']) {
    mkdirSync(path.join(tree, name), { recursive: true });
  }
  writeFileSync(path.join(tree, '.discinfo'), '1776000000.000000\n44\nx86_64\n');
  writeFileSync(path.join(tree, 'images/install.img'), Buffer.alloc(65536, 'stage2'));
  writeFileSync(path.join(tree, 'boot/grub2/grub.cfg'), menu(standInLabel));
  writeFileSync(path.join(tree, 'EFI/BOOT/grub.cfg'), menu(standInLabel));
  writeFileSync(path.join(directory, 'run.sh'), options.script);
  const modules =
    'iso9660 part_gpt part_msdos fat normal linux search search_label echo serial terminal configfile test';
  const commands = [
    // The stand-in runs in place of finding a root file system.
    'mkdir -p extra/var/lib/dracut/hooks/pre-mount extra/var/lib/dracut/hooks/cmdline; cp run.sh extra/var/lib/dracut/hooks/pre-mount/00-stand-in.sh',
    'echo "root=tmpfs; rootok=1" > extra/var/lib/dracut/hooks/cmdline/99-stand-in.sh; chmod -R 755 extra',
    '(cd extra && find . | cpio --quiet -o -H newc) > extra.cpio',
    `cp ${initramfs}/vmlinuz tree/images/pxeboot/; cp ${initramfs}/initrd.img initrd.img; truncate -s %4 initrd.img; cat initrd.img extra.cpio > tree/images/pxeboot/initrd.img`,
    'mkdir -p tree/boot/grub2/i386-pc; cp /usr/lib/grub/i386-pc/*.mod /usr/lib/grub/i386-pc/*.lst tree/boot/grub2/i386-pc/',
    'grub-mkimage -O i386-pc-eltorito -d /usr/lib/grub/i386-pc -o tree/images/eltorito.img -p /boot/grub2 iso9660 biosdisk',
    `grub-mkimage -O x86_64-efi -o tree/EFI/BOOT/BOOTX64.EFI -p /EFI/BOOT ${modules}`,
    'mkfs.vfat -C efiboot.img 8192 > /dev/null; mcopy -s -i efiboot.img tree/EFI ::/',
    [
      `xorrisofs -quiet -o ${directory}/Fedora-Everything-netinst-x86_64-44-1.1.iso -R -J -V ${standInLabel}`,
      '--grub2-mbr /usr/lib/grub/i386-pc/boot_hybrid.img -partition_offset 16 -appended_part_as_gpt',
      '-append_partition 2 C12A7328-F81F-11D2-BA4B-00A0C93EC93B efiboot.img',
      '-iso_mbr_part_type EBD0A0A2-B9E5-4433-87C0-68B6B72699C7 -c boot.cat --boot-catalog-hide',
      '-b images/eltorito.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info',
      "-eltorito-alt-boot -e '--interval:appended_partition_2:all::' -no-emul-boot tree",
    ].join(' '),
    `implantisomd5 ${directory}/Fedora-Everything-netinst-x86_64-44-1.1.iso > /dev/null`,
  ];
  await new SystemRunner().run({
    argv: inToolsTree(toolsRoot, ['sh', '-euxc', commands.join('\n')], {
      write: [directory],
      read: [initramfs],
      cwd: directory,
    }),
  });
  return path.join(directory, 'Fedora-Everything-netinst-x86_64-44-1.1.iso');
}
