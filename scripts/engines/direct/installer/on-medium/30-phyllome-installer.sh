#!/bin/sh
# dracut hook of an installer's medium, before the switch to the system: the installer's programs and its units join the live
# system. This file is not in the system's own initramfs; the boot entry "Install" loads it beside that.
# PHYLLOME_ROOT is for tests.
phyllome_why=''
phyllome_add_installer() {
  live=${PHYLLOME_ROOT-}/run/initramfs/live
  place=${PHYLLOME_ROOT-}/run/phyllome-installer
  units=${PHYLLOME_ROOT-}/run/systemd/system
  mkdir -p "$place/tree" "$units/phyllome-installer.target.wants" "$units/phyllome-installer.service.d"
  cp "${PHYLLOME_ROOT-}"/usr/lib/phyllome-installer/*.target "${PHYLLOME_ROOT-}"/usr/lib/phyllome-installer/*.service "$units/"
  cp "${PHYLLOME_ROOT-}/usr/lib/phyllome-installer/shell" "$place/"

  # dracut lets go of the medium when it has copied the system to memory.
  if [ ! -e "$live/LiveOS/installer.img" ]; then
    phyllome_why='The installer is on the medium, at LiveOS/installer.img, and this system does not find it there. Was the medium taken out, or the system copied to memory? Start the entry "Install" with the medium in place. Where its files were copied by hand: copy all of them.'
  elif ! mount -t squashfs -o loop,ro "$live/LiveOS/installer.img" "$place/tree"; then
    phyllome_why='The installer on the medium, LiveOS/installer.img, cannot be read. Compare the medium with its checksum, and write it anew.'
  elif ! mount -t overlay -o "ro,lowerdir=$place/tree/usr:$NEWROOT/usr" phyllome-installer "$NEWROOT/usr"; then
    phyllome_why='The installer cannot be joined to the live system: the kernel refused an overlay over /usr.'
  fi

  # The kernel knows as tty0 whichever virtual terminal is in front.
  consoles=$(sed 's/\<tty0\>/tty1/' "${PHYLLOME_ROOT-}/sys/class/tty/console/active")
  on_failure=''
  for console in $consoles; do
    on_failure="$on_failure phyllome-installer-shell@$console.service"
    if [ -z "$phyllome_why" ]; then
      ln -s "../phyllome-installer-dialog@.service" "$units/phyllome-installer.target.wants/phyllome-installer-dialog@$console.service"
    else
      ln -s "../phyllome-installer-shell@.service" "$units/phyllome-installer.target.wants/phyllome-installer-shell@$console.service"
    fi
  done
  if [ -z "$phyllome_why" ]; then
    ln -s ../phyllome-installer.service "$units/phyllome-installer.target.wants/"
    ln -s ../phyllome-installer-shell@.service "$units/phyllome-installer.target.wants/phyllome-installer-shell@tty2.service"
    printf '[Unit]\nOnFailure=%s\n' "${on_failure# }" > "$units/phyllome-installer.service.d/on-failure.conf"
  else
    printf '%s\n' "$phyllome_why" > "$place/why-not"
    # The kernel's log is on every console and in the journal.
    echo "<3>phyllome: $phyllome_why" > "${PHYLLOME_ROOT-}/dev/kmsg"
  fi
}
if getargbool 0 phyllome.install; then phyllome_add_installer; fi
