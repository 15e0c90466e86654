/** Lines `NAME: DEBIAN…`: the RPM that the files of these Debian packages go into. What is not listed keeps Debian's name. */
const table = `
filesystem: base-files
setup: base-passwd netbase media-types
glibc: libc6 gcc-14-base
glibc-common: libc-bin libc-l10n
glibc-locale-source: locales
bash: bash
coreutils: coreutils
util-linux: util-linux bsdutils mount login fdisk
util-linux-core: liblastlog2-2
shadow-utils: passwd login.defs
shadow-utils-subid: libsubid5 uidmap
procps-ng: procps libproc2-0
hostname: hostname
ncurses: ncurses-bin
ncurses-base: ncurses-base
ncurses-libs: libncursesw6 libtinfo6
readline: libreadline8t64 readline-common
tzdata: tzdata
zstd: zstd
libzstd: libzstd1
xz: xz-utils
xz-libs: liblzma5
bzip2-libs: libbz2-1.0
lz4-libs: liblz4-1
zlib-ng-compat: zlib1g
brotli: libbrotli1
kernel-core: linux-image-6
kernel: linux-image-amd64
systemd: systemd systemd-sysv
systemd-udev: udev
systemd-container: systemd-container
systemd-libs: libsystemd0 libudev1
systemd-shared: libsystemd-shared
systemd-pam: libpam-systemd
systemd-resolved: systemd-resolved
zram-generator: systemd-zram-generator
dbus-broker: dbus-broker
dbus-common: dbus-system-bus-common dbus-session-bus-common dbus-user-session
dbus-libs: libdbus-1-3
dracut: dracut dracut-core dracut-install
dracut-live: dracut-live
dracut-network: dracut-network
kmod: kmod
kmod-libs: libkmod2
kbd: kbd
iproute: iproute2
iputils: iputils-ping iputils-arping
ca-certificates: ca-certificates
openssl-libs: libssl3t64 openssl-provider-legacy
elfutils-libelf: libelf1t64
elfutils-libs: libdw1t64
pam: libpam-modules libpam-modules-bin libpam-runtime
pam-libs: libpam0g
audit-libs: libaudit1 libaudit-common
libacl: libacl1
libattr: libattr1
libblkid: libblkid1
libmount: libmount1
libsmartcols: libsmartcols1
libuuid: libuuid1
libfdisk: libfdisk1
libcap: libcap2 libcap2-bin
libcap-ng: libcap-ng0
libcom_err: libcom-err2
libss: libss2
e2fsprogs: e2fsprogs logsave
e2fsprogs-libs: libext2fs2t64
libgcc: libgcc-s1
libstdc++: libstdc++6
libatomic: libatomic1
libgomp: libgomp1
libxcrypt: libcrypt1
libselinux: libselinux1
libselinux-utils: selinux-utils
libsemanage: libsemanage2 libsemanage-common
libsepol: libsepol2
libseccomp: libseccomp2
pcre2: libpcre2-8-0
libgcrypt: libgcrypt20
libgpg-error: libgpg-error0
libassuan: libassuan9
libksba: libksba8
npth: libnpth0t64
gnupg2: gnupg gpg gpg-agent gpgconf gpgsm gnupg-l10n dirmngr
pinentry: pinentry-curses
gpgme: libgpgme11t64
gmp: libgmp10
mpfr: libmpfr6
gnutls: libgnutls30t64
gnutls-dane: libgnutls-dane0t64
gnutls-utils: gnutls-bin
nettle: libnettle8t64 libhogweed6t64
libtasn1: libtasn1-6
libidn2: libidn2-0
libunistring: libunistring5
libffi: libffi8
p11-kit: libp11-kit0
krb5-libs: libgssapi-krb5-2 libk5crypto3 libkrb5-3 libkrb5support0
keyutils-libs: libkeyutils1
cyrus-sasl-lib: libsasl2-2 libsasl2-modules-db
openldap: libldap2
libcurl: libcurl3t64-gnutls libcurl4t64
libnghttp2: libnghttp2-14
libnghttp3: libnghttp3-9
ngtcp2: libngtcp2-16
ngtcp2-crypto-gnutls: libngtcp2-crypto-gnutls8
libpsl: libpsl5t64
libssh: libssh-4
libssh2: libssh2-1t64
librtmp: librtmp1
libdb: libdb5.3t64
sqlite-libs: libsqlite3-0
sqlite: sqlite3
expat: libexpat1
libxml2: libxml2 libxml2-utils
libxslt: libxslt1.1
libyaml: libyaml-0-2
json-c: libjson-c5
json-glib: libjson-glib-1.0-0 libjson-glib-1.0-common
jansson: libjansson4
glib2: libglib2.0-0t64
glib-networking: glib-networking glib-networking-common glib-networking-services
lua-libs: liblua5.4-0
compat-lua-libs: liblua5.3-0
popt: libpopt0
file-libs: libmagic1t64 libmagic-mgc
libarchive: libarchive13t64
libmodulemd: libmodulemd2
libsolv: libsolv1 libsolvext1
libdnf: libdnf2t64 libdnf2-common
librepo: librepo0
libcomps: libcomps0
rpm: rpm rpm-common rpm2cpio
rpm-libs: librpm10 librpmio10
rpm-build-libs: librpmbuild10
rpm-sign-libs: librpmsign10
rpm-sequoia: librpm-sequoia-1
fsverity-utils-libs: libfsverity0
dnf: dnf
dnf-data: dnf-data
python3: python3 python3-minimal python3.13 python3.13-minimal
python3-libs: libpython3-stdlib libpython3.13-minimal libpython3.13-stdlib libpython3.13
python3-hawkey: python3-hawkey
python3-gobject: python3-gi
policycoreutils: policycoreutils
selinux-policy-targeted: selinux-policy-default
shim-x64: shim-signed shim-signed-common shim-unsigned shim-helpers-amd64-signed
grub2-efi-x64: grub-efi-amd64-signed
grub2-efi-x64-modules: grub-efi-amd64-bin grub-efi-amd64-unsigned
grub2-pc-modules: grub-pc-bin
grub2-tools: grub2-common
grub2-tools-extra: grub-common
efibootmgr: efibootmgr
efivar-libs: libefivar1t64 libefiboot1t64
mokutil: mokutil
device-mapper: dmsetup
device-mapper-libs: libdevmapper1.02.1
freetype: libfreetype6
libpng: libpng16-16t64
fuse3-libs: libfuse3-4
libbpf: libbpf1
libmnl: libmnl0
libtirpc: libtirpc3t64 libtirpc-common
iptables-libs: libxtables12 libip4tc2 libip6tc2
xxhash-libs: libxxhash0
libsigsegv: libsigsegv2
libbsd: libbsd0
libmd: libmd0
chrony: chrony
openssh: libwtmpdb0
openssh-clients: openssh-client
openssh-server: openssh-server openssh-sftp-server
libfido2: libfido2-1
libcbor: libcbor0.10
libedit: libedit2
sudo: sudo
nftables: nftables
nftables-libs: libnftables1
libnftnl: libnftnl11
iptables-nft: iptables
libnetfilter_conntrack: libnetfilter-conntrack3
libnfnetlink: libnfnetlink0
qemu-kvm-core: qemu-system-x86
qemu-common: qemu-system-common qemu-system-data
qemu-img: qemu-utils
ipxe-roms-qemu: ipxe-qemu
seabios-bin: seabios
edk2-ovmf: ovmf
virtiofsd: virtiofsd
swtpm: swtpm
swtpm-libs: swtpm-libs
swtpm-tools: swtpm-tools
libtpms: libtpms0
libvirt-libs: libvirt0 libvirt-common
libvirt-client: libvirt-clients
libvirt-daemon: libvirt-daemon
libvirt-daemon-common: libvirt-daemon-common
libvirt-daemon-driver-storage-core: libvirt-daemon-driver-storage
libvirt-nss: libnss-libvirt
dnsmasq: dnsmasq-base
nmap-ncat: ncat
libvirt-netcat: netcat-openbsd
virt-install: virt-install
osinfo-db: osinfo-db
libosinfo: libosinfo-1.0-0 libosinfo-l10n gir1.2-libosinfo-1.0
xorriso: xorriso
libburn: libburn4t64
libisofs: libisofs6t64
libisoburn: libisoburn1t64
jigdo-libs: libjte2
mdevctl: mdevctl
polkit: polkitd
polkit-libs: libpolkit-agent-1-0 libpolkit-gobject-1-0
duktape: libduktape207
gobject-introspection: libgirepository-1.0-1 gir1.2-freedesktop gir1.2-girepository-2.0 gir1.2-glib-2.0
hwdata: pci.ids usb.ids
unbound-libs: libunbound8
libevent: libevent-2.1-7t64
libaio: libaio1t64
liburing: liburing2
libusb1: libusb-1.0-0
libslirp: libslirp0
numactl-libs: libnuma1
libpcap: libpcap0.8t64
parted: libparted2t64
cairo: libcairo2
cairo-gobject: libcairo-gobject2
fontconfig: libfontconfig1 fontconfig-config
dejavu-sans-fonts: fonts-dejavu-core
dejavu-sans-mono-fonts: fonts-dejavu-mono
pixman: libpixman-1-0
libjpeg-turbo: libjpeg62-turbo
alsa-lib: libasound2t64 libasound2-data
libibverbs: libibverbs1
librdmacm: librdmacm1t64
libnl3: libnl-3-200 libnl-route-3-200
daxctl-libs: libdaxctl1
ndctl-libs: libndctl6
libpmem: libpmem1
libfdt: libfdt1
capstone: libcapstone5
libcacard: libcacard0
pcsc-lite-libs: libpcsclite1
usbredir: libusbredirparser1t64
nspr: libnspr4
nss: libnss3
libsoup3: libsoup-3.0-0 libsoup-3.0-common
libproxy: libproxy1v5
dconf: dconf-service dconf-gsettings-backend libdconf1
vde2-libs: libvdeplug2t64
`;

/** RPM by the name of the Debian package. The kernel's, which has its version in its name, by the beginning. */
const rpmOf = new Map(
  table
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [rpm = '', debian = ''] = line.split(': ');
      return debian.split(' ').map((name) => [name, rpm] as const);
    }),
);

/** The RPMs of the table, and no others that keep Debian's name. */
export const rpmNames: readonly string[] = [...new Set(rpmOf.values())];

const KERNEL = /^linux-image-\d+\.\d+\.\d+\+deb13-amd64$/;

/** The RPM that the files of a Debian package go into, where no other rule takes them. */
export function rpmNameOf(debian: string): string {
  if (KERNEL.test(debian)) return 'kernel-core';
  return rpmOf.get(debian) ?? debian;
}
