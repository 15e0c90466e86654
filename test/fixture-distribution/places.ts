/** What of a Debian package goes into another RPM than the rest of it: the first rule that fits counts. */
const splits: readonly (readonly [debian: RegExp, path: RegExp, rpm: string])[] = [
  [/^systemd$/, /systemd-networkd|networkctl|\/networkd\.conf$|\/systemd\/network\//, 'systemd-networkd'],
  [
    /^linux-image-6/,
    /\/kernel\/(?:sound|net\/(?:bluetooth|wireless|mac80211)|drivers\/(?:gpu|media|staging|iio|bluetooth|input|hwmon|net\/wireless))(?:\/|$)/,
    'kernel-modules',
  ],
  [/^linux-image-6/, /\/kernel(?:\/|$)/, 'kernel-modules-core'],
  [/^grub-efi-amd64-signed$/, /gcdx64/, 'grub2-efi-x64-cdboot'],
  [/^qemu-system-common$/, /hw-display-virtio-gpu/, 'qemu-device-display-virtio-gpu'],
  [/^qemu-system-common$/, /hw-display-virtio-vga/, 'qemu-device-display-virtio-vga'],
  [/^qemu-system-common$/, /hw-usb-host/, 'qemu-device-usb-host'],
  [/^qemu-system-common$/, /hw-usb-redirect/, 'qemu-device-usb-redirect'],
  [/^qemu-system-common$/, /hw-usb-smartcard/, 'qemu-device-usb-smartcard'],
  [/^qemu-system-common$/, /audio-alsa/, 'qemu-audio-alsa'],
  [/^qemu-system-common$/, /audio-oss/, 'qemu-audio-oss'],
  [/^qemu-system-common$/, /chardev-baum/, 'qemu-char-baum'],
  [/^qemu-system-common$/, /ui-curses/, 'qemu-ui-curses'],
  [/^qemu-system-common$/, /qemu-pr-helper|qemu-bridge-helper|qemu-vmsr-helper/, 'qemu-tools'],
];

/** The RPM that takes a path of a Debian package from the one that has the rest; undefined where none does. */
export function splitOff(debian: string, path: string): string | undefined {
  return splits.find(([packages, paths]) => packages.test(debian) && paths.test(path))?.[2];
}

/** The RPMs that the rules above make. */
export const splitNames: readonly string[] = splits.map(([, , rpm]) => rpm);

/** The version that is in the path of boot loaders, as Fedora writes it: with the epoch. */
export const loaderVersions = { shim: '16.1-2', grub2: '1:2.12-9.fc44' } as const;

const shim = `/usr/lib/efi/shim/${loaderVersions.shim}/EFI`;
const grub = `/usr/lib/efi/grub2/${loaderVersions.grub2}/EFI/fedora`;

/** Debian's path, and where Fedora has the same. */
const moves: readonly (readonly [RegExp, string])[] = [
  [/^\/boot\/vmlinuz-(.*)$/, '/usr/lib/modules/$1/vmlinuz'],
  [/^\/boot\/(System\.map|config)-(.*)$/, '/usr/lib/modules/$2/$1'],
  [/^\/usr\/lib\/shim\/shimx64\.efi\.signed$/, `${shim}/fedora/shimx64.efi`],
  [/^\/usr\/lib\/shim\/mmx64\.efi\.signed$/, `${shim}/fedora/mmx64.efi`],
  [/^\/usr\/lib\/shim\/fbx64\.efi\.signed$/, `${shim}/BOOT/fbx64.efi`],
  [/^\/usr\/lib\/shim\/BOOTX64\.CSV$/, `${shim}/fedora/BOOTX64.CSV`],
  [/^\/usr\/lib\/grub\/x86_64-efi-signed\/(grub|gcd)x64\.efi\.signed$/, `${grub}/$1x64.efi`],
  [/^\/usr\/lib\/systemd\/system\/chrony\.service$/, '/usr/lib/systemd/system/chronyd.service'],
  [/^\/usr\/share\/chrony\/chrony\.(conf|keys)$/, '/etc/chrony.$1'],
  [/^\/usr\/lib\/systemd\/system\/ssh\.(service|socket)$/, '/usr/lib/systemd/system/sshd.$1'],
  [/^\/usr\/share\/openssh\/sshd_config$/, '/etc/ssh/sshd_config'],
  [/^\/etc\/nftables\.conf$/, '/etc/sysconfig/nftables.conf'],
  [/^\/etc\/default\/(ssh|chrony)$/, '/etc/sysconfig/$1d'],
  [/^\/etc\/default\/(libvirt-guests|libvirtd|virtlogd)$/, '/etc/sysconfig/$1'],
  [/^\/usr\/share\/pam\/(common-[a-z-]+)$/, '/etc/pam.d/$1'],
  // Fedora's /usr/sbin is a link to the other.
  [/^\/usr\/sbin\/(.*)$/, '/usr/bin/$1'],
];

/** Where a Debian package's path is in the fixture distribution. */
export function fedoraPath(path: string): string {
  for (const [from, to] of moves) if (from.test(path)) return path.replace(from, to);
  return path;
}
