import { libvirtDaemons } from './libvirt-units.ts';
import { loaderVersions } from './places.ts';

/** What an RPM has beside what its Debian packages say: the rest of a package that has none, too. */
export interface OwnPackage {
  readonly name: string;
  readonly requires?: readonly string[];
  readonly provides?: readonly string[];
  /** Directories and files that `arrange.sh` makes; all below a directory belongs to it. */
  readonly made?: readonly string[];
  /** `[path, target]` */
  readonly links?: readonly (readonly [string, string])[];
  /** Requirements and provisions are not looked for in its files. */
  readonly plain?: boolean;
  readonly version?: string;
}

export const ownPackages: readonly OwnPackage[] = [
  {
    name: 'setup',
    plain: true,
    // Presets must be there before anything asks them.
    requires: ['generic-release-common'],
    made: [
      'passwd',
      'group',
      'shadow',
      'gshadow',
      'profile',
      'shells',
      'nsswitch.conf',
      'fstab',
      'bashrc',
      'environment',
      'filesystems',
      'motd',
      'printcap',
    ].map((name) => `/etc/${name}`),
  },
  {
    name: 'filesystem',
    plain: true,
    requires: ['setup'],
    links: [
      ['/usr/sbin', 'bin'],
      ['/var/run', '../run'],
      ['/var/lock', '../run/lock'],
    ],
  },
  { name: 'basesystem', requires: ['setup', 'filesystem'] },
  {
    name: 'generic-release',
    requires: ['generic-release-common', 'fedora-repos'],
    provides: ['system-release = 44', 'system-release(44)', 'redhat-release'],
    version: '44',
  },
  {
    name: 'generic-release-common',
    plain: true,
    version: '44',
    links: [
      ['/etc/os-release', '../usr/lib/os-release'],
      ['/etc/system-release', 'fedora-release'],
      ['/etc/redhat-release', 'fedora-release'],
    ],
  },
  { name: 'generic-logos', version: '18.0.0' },
  { name: 'fedora-repos', version: '44', requires: ['fedora-gpg-keys'] },
  { name: 'fedora-gpg-keys', version: '44' },
  { name: 'bash', provides: ['/bin/sh', '/bin/bash'], requires: ['filesystem'], links: [['/usr/bin/sh', 'bash']] },
  {
    name: 'glibc',
    provides: ['rtld(GNU_HASH)', 'config(glibc) = 44'],
    requires: ['glibc-common', 'libgcc', 'basesystem'],
  },
  { name: 'libgcc' },
  { name: 'glibc-langpack-en', requires: ['glibc-common'], version: '2.41', made: ['/usr/lib/locale/en_US.utf8'] },
  { name: 'langpacks-core-en', requires: ['glibc-langpack-en'], version: '4.3' },
  { name: 'langpacks-en', requires: ['langpacks-core-en'], version: '4.3' },
  { name: 'coreutils', requires: ['bash'] },
  { name: 'gawk', links: [['/usr/bin/awk', 'gawk']] },
  { name: 'less', links: [['/usr/bin/pager', 'less']] },
  { name: 'pam', requires: ['pam-libs', 'setup'], made: ['/etc/pam.d/system-auth', '/etc/pam.d/password-auth'] },
  { name: 'ca-certificates', made: ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki'] },
  {
    name: 'systemd',
    requires: [
      'util-linux',
      'coreutils',
      'bash',
      'dbus-common',
      'systemd-pam',
      'kmod',
      'setup',
      'pam',
      'systemd-shared',
    ],
  },
  { name: 'systemd-udev', requires: ['systemd', 'kmod', 'coreutils'] },
  { name: 'systemd-networkd', requires: ['systemd'] },
  { name: 'systemd-resolved', requires: ['systemd'] },
  { name: 'dbus-broker', requires: ['dbus-common', 'systemd'] },
  { name: 'kernel', plain: true, requires: ['kernel-core', 'kernel-modules', 'kernel-modules-core'] },
  {
    name: 'kernel-core',
    plain: true,
    requires: ['kernel-modules-core', 'systemd-udev', 'dracut', 'coreutils'],
    provides: ['installonlypkg(kernel)'],
  },
  { name: 'kernel-modules-core', plain: true, requires: ['kmod'], provides: ['installonlypkg(kernel-module)'] },
  {
    name: 'kernel-modules',
    plain: true,
    requires: ['kernel-modules-core', 'kmod'],
    provides: ['installonlypkg(kernel-module)'],
  },
  // Debian takes essential packages for granted.
  {
    name: 'dracut',
    requires: [
      'bash',
      'sed',
      'grep',
      'findutils',
      'gzip',
      'xz',
      'cpio',
      'gawk',
      'procps-ng',
      'diffutils',
      'tar',
      'util-linux',
      'coreutils',
      'kmod',
      'systemd',
      'systemd-udev',
      'libcap',
    ],
  },
  { name: 'dracut-config-generic', requires: ['dracut'], version: '106' },
  { name: 'dnf5', requires: ['dnf'], version: '5.2.0', links: [['/usr/bin/dnf5', 'dnf-3']] },
  { name: 'rpm', requires: ['coreutils'] },
  {
    name: 'policycoreutils',
    requires: ['util-linux', 'grep', 'gawk', 'diffutils', 'coreutils', 'sed', 'libselinux-utils'],
  },
  { name: 'selinux-policy', version: '2.20250213', requires: ['policycoreutils'] },
  {
    name: 'selinux-policy-targeted',
    plain: true,
    requires: ['selinux-policy', 'policycoreutils'],
    provides: ['selinux-policy-base'],
    made: ['/etc/selinux/targeted', '/var/lib/selinux/targeted'],
  },
  {
    name: 'shim-x64',
    plain: true,
    requires: ['efi-filesystem'],
    provides: ['shim'],
    made: ['BOOT/BOOTX64.EFI', 'fedora/shim.efi'].map((file) => `/usr/lib/efi/shim/${loaderVersions.shim}/EFI/${file}`),
  },
  { name: 'efi-filesystem', plain: true, version: '6', requires: ['filesystem'] },
  { name: 'grub2-common', plain: true, version: '2.12' },
  {
    name: 'grub2-efi-x64',
    plain: true,
    requires: ['grub2-common', 'grub2-tools', 'efi-filesystem'],
    provides: ['grub2-efi'],
  },
  { name: 'grub2-efi-x64-cdboot', plain: true, requires: ['grub2-common', 'efi-filesystem'] },
  {
    name: 'grub2-pc',
    plain: true,
    requires: ['grub2-common', 'grub2-tools', 'grub2-pc-modules'],
    version: '2.12',
    provides: ['grub2'],
  },
  { name: 'grub2-pc-modules', plain: true, requires: ['grub2-common'] },
  { name: 'grub2-efi-x64-modules', plain: true, requires: ['grub2-common'] },
  {
    name: 'grub2-tools',
    requires: ['grub2-tools-minimal', 'gawk', 'sed', 'coreutils', 'util-linux', 'grub2-tools-extra'],
  },
  { name: 'grub2-tools-minimal', requires: ['grub2-common'], version: '2.12' },
  { name: 'openssh', requires: [] },
  { name: 'openssh-server', requires: ['openssh', 'systemd', 'pam'] },
  { name: 'chrony', requires: ['systemd'] },
  { name: 'nmap-ncat', links: [['/usr/bin/nc', 'ncat']] },
  { name: 'swtpm-selinux', requires: ['swtpm'], version: '0.7.1' },
  { name: 'qemu-kvm-core', requires: ['qemu-common'], links: [['/usr/libexec/qemu-kvm', '../bin/qemu-system-x86_64']] },
  ...libvirtDaemons.map(([name, daemon]) => ({
    name,
    requires: ['libvirt-daemon', 'libvirt-daemon-common', 'libvirt-daemon-log'],
    links: [[`/usr/bin/${daemon}`, 'libvirtd']] as const,
  })),
];
