#!/usr/bin/env bash
# stock-debian.sh DIRECTORY [PACKAGE…]: the root tree of a plain Debian 13 server with libvirt, as an administrator would install it:
# standard system, SSH server, and `apt install libvirt-daemon-system qemu-system-x86 virtinst` with what these recommend;
# Debian's own presets, nothing switched off. dracut in place of initramfs-tools, so that it boots from the same kind of
# medium as our images; it starts nothing. PACKAGEs come on top. Leaves root.tar, vmlinuz and initrd.img.
set -euo pipefail
directory=$1
shift
more=$(IFS=,; echo "$*")
mkdir -p "$directory"
export network='auto lo
iface lo inet loopback
allow-hotplug /en*=wired
iface wired inet dhcp'
mmdebstrap --variant=standard \
  --include=linux-image-amd64,dracut,dracut-live,zstd,openssh-server,libvirt-daemon-system,qemu-system-x86,virtinst${more:+,$more} \
  --aptopt='Apt::Install-Recommends "true"' \
  --customize-hook='printf "%s\n" "$network" > "$1/etc/network/interfaces"' \
  --customize-hook='echo stock > "$1/etc/hostname"' \
  --customize-hook='rm -f "$1/etc/machine-id"; chroot "$1" systemd-machine-id-setup' \
  --customize-hook='chroot "$1" sh -euc "dracut --force --no-hostonly --no-hostonly-cmdline --add dmsquash-live --kver \$(ls /usr/lib/modules) /boot/live.img"' \
  --customize-hook="download /boot/live.img $directory/initrd.img" \
  --customize-hook='cp "$1"/boot/vmlinuz-* "$1/boot/vmlinuz"' \
  --customize-hook="download /boot/vmlinuz $directory/vmlinuz" \
  trixie "$directory/root.tar"
chmod 0644 "$directory/initrd.img"
