/** Names of systemd-boot's files on the EFI system partition, as kernel-install has them where its token is `token`. */
export const systemdBoot = {
  /** Content of /etc/kernel/entry-token: the directory of kernels, and what entries' names begin with. */
  token: 'phyllome',
  tokenFile: '/etc/kernel/entry-token',
  /** What entries of later kernels are called, where the component systemd-boot sees to it. */
  titleFile: '/etc/kernel/phyllome-title',
  /** As the packages of Debian and Fedora install it, before anybody signs it. */
  program: '/usr/lib/systemd/boot/efi/systemd-bootx64.efi',
  menu: '/loader/loader.conf',
  /** Says that kernels here have entries of type 1: kernel-install goes by it. */
  kind: '/loader/entries.srel',
  kernelDirectory: (version: string) => `/phyllome/${version}`,
  entry: (version: string) => `/loader/entries/phyllome-${version}.conf`,
} as const;

/** A type 1 entry of the Boot Loader Specification, for a kernel and its initramfs in `systemdBoot.kernelDirectory`. */
export function bootEntry(title: string, version: string, commandLine: readonly string[]): string {
  const directory = systemdBoot.kernelDirectory(version);
  return `${[
    `title ${title}`,
    `version ${version}`,
    `sort-key ${systemdBoot.token}`,
    `options ${commandLine.join(' ')}`,
    `linux ${directory}/linux`,
    `initrd ${directory}/initrd.img`,
  ].join('\n')}\n`;
}

/** systemd-boot's own file: how long its menu waits, in seconds. */
export function bootLoaderConfiguration(timeout: number): string {
  return `timeout ${timeout}\n`;
}
