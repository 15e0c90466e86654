/** What the installer runs that an image need not have. Those that it has are not taken a second time. */
export const installerPackages: readonly string[] = [
  // the program itself: its engine, and what draws its dialogs
  'quickjs',
  'whiptail',
  'kbd',
  'console-data',
  // disks, and what may be on them
  'util-linux',
  'mount',
  'fdisk',
  'dosfstools',
  'e2fsprogs',
  'xfsprogs',
  'btrfs-progs',
  'lvm2',
  'mdadm',
  'cryptsetup-bin',
  'systemd-cryptsetup',
  'tpm2-tools',
  // boot loaders for BIOS and UEFI, and the firmware's entry
  'grub-common',
  'grub2-common',
  'grub-pc-bin',
  'shim-signed',
  'grub-efi-amd64-signed',
  'efibootmgr',
  // keys of an administrator from an address, and answer files from one
  'curl',
  'ca-certificates',
  'diffutils',
];

/**
 * What of these packages is not unpacked, as patterns of tar. They are programs that the installer starts: nothing of them is to
 * start by itself (units, udev's rules that assemble what is found on disks) or to be built into an initramfs.
 */
export const leftOutOfPackages: readonly string[] = [
  './usr/share/doc/*',
  './usr/share/man/*',
  './usr/share/info/*',
  './usr/share/locale/*',
  './usr/share/lintian/*',
  './usr/share/bug/*',
  './usr/share/bash-completion/*',
  './usr/share/initramfs-tools/*',
  './usr/share/grub/*',
  './usr/lib/systemd/*.service',
  './usr/lib/systemd/system/*',
  './usr/lib/systemd/system-generators/*',
  './usr/lib/systemd/system-shutdown/*',
  './usr/lib/udev/rules.d/6*-md-raid*',
  './usr/lib/dracut/*',
  './usr/lib/tmpfiles.d/*',
  // Unsigned loaders and the modules for them, which firmware with Secure Boot does not start; and those for networks and CDs.
  './usr/lib/grub/x86_64-efi/*',
  './usr/lib/grub/i386-efi/*',
  './usr/lib/grub/x86_64-efi-signed/grubnet*',
  './usr/lib/grub/x86_64-efi-signed/gcd*',
  './usr/lib/shim/*x64.efi',
  // Large programs of these packages that no installation calls.
  './usr/include/*',
  './usr/lib/python3/*',
  './usr/share/apport/*',
  './usr/share/doc-base/*',
  './usr/share/fish/*',
  './usr/share/zsh/*',
  './usr/bin/qjsc',
  './usr/bin/grub-fstest',
  './usr/bin/grub-mkrescue',
  './usr/bin/grub-mount',
  './usr/bin/grub-render-label',
  './usr/bin/grub-syslinux2cfg',
  './usr/sbin/grub-macbless',
  './usr/bin/btrfs-*',
  './usr/bin/btrfstune',
  // Unicode's tables, 33 MB unpacked, for a scrubber of mounted XFS that no installation calls.
  './usr/lib/x86_64-linux-gnu/libicu*',
  './usr/sbin/xfs_scrub*',
];
