import { menuEntry } from '../../../boot-menu/index.ts';

/** What makes a live system one that installs. */
const installerArguments: readonly string[] = ['phyllome.install', 'systemd.unit=phyllome-installer.target'];

/** Long enough to read two lines, and short enough for who waits for an unattended installation. */
export const installerMenuSeconds = 5;

/**
 * An entry that installs. `live`: the arguments of the one that tries; `first`: an argument in GRUB's own words. The kernel gets
 * the installer's hook beside the system's own initramfs.
 */
export function installEntry(title: string, live: readonly string[], first?: string): string {
  return menuEntry(
    title,
    '/boot/vmlinuz',
    '/boot/initrd.img /boot/installer.img',
    [...live, ...installerArguments],
    first,
  );
}
