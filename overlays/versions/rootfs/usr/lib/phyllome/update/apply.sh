# Makes a new version: a snapshot of the system that runs, updated. Sourced by phyllome-update, with the volume open.

# What the repositories offer, in apt's words: `Inst NAME [OLD] (NEW …)` and `Remv NAME [OLD]`, in $offer.
ask_repositories() {
  apt-get -qq --error-on=any update || stop 'the repositories do not answer' 'See above; is there a network?'
  offer=$(apt-get -qq --simulate full-upgrade | sed -nE 's/^(Inst|Remv) ([^ ]+)( \[([^]]*)\])?( \(([^ )]+))?.*$/\1 \2 \4 \6/p' | LC_ALL=C sort)
}

# The packages that differ, for people.
tell_offer() {
  printf '%s\n' "$offer" | awk '
    NF == 0 { next }
    $1 == "Remv" { print "  gone     " $2 " " $3; next }
    NF == 3 { print "  new      " $2 " " $3; next }
    { print "  updated  " $2 " " $3 " → " $4 }'
}

sum_of_offer() { printf '%s\n' "$offer" | sha256sum | cut -d ' ' -f 1; }

# refuse_given_up: the same packages on the same system would end the same way.
refuse_given_up() {
  sum=$(sum_of_offer)
  for version in $(in_state given-up); do
    [ "$(told "$version" offer)" != "$sum" ] || [ "$(told "$version" from)" != "$current" ] ||
      stop "version $version had just these packages and was given up: $(told "$version" reason)" \
        'Wait for newer ones, or say: phyllome-update apply --again'
  done
}

refuse_little_room() {
  free=$(df --output=avail --block-size=1M "$volume" | tail -n 1)
  [ "$free" -ge 2048 ] || stop "the volume has $((free)) MiB left, and an update may take 2048" \
    'Make room: phyllome-update history and forget tell and remove old versions.'
  # A kernel and its initramfs; a new one may be a little larger.
  wanted=$(($(du --summarize --block-size=1M "$(kernels_of_current)" | cut -f 1) * 3 / 2))
  free=$(df --output=avail --block-size=1M "$esp" | tail -n 1)
  [ "$free" -ge "$wanted" ] || stop "$esp has $((free)) MiB left, and a kernel with its initramfs takes $wanted" \
    'Remove an old version: phyllome-update forget N.'
}

# What starts a version names it: these two files are changed for the new one.
refuse_other_names() {
  grep -qE "^[^#].* / .*subvol=system-$current[ ,]" "${PHYLLOME_ROOT-}/etc/fstab" &&
    grep -qE "rootflags=([^ ]*,)?subvol=system-$current([ ,]|\$)" "${PHYLLOME_ROOT-}/etc/kernel/cmdline" ||
    stop "/etc/fstab or /etc/kernel/cmdline does not name system-$current" \
      "The line of / has subvol=system-$current, and the kernel's arguments have rootflags=subvol=system-$current."
}

# The directory of the kernel that runs, or of another one of this version.
kernels_of_current() {
  for entry in $(entries_of "$current"); do
    kernel=$(sed -nE 's/^linux +//p' "$entry")
    [ -e "$esp$kernel" ] && dirname "$esp$kernel" && return
  done
  stop "the boot menu has no entry of version $current" "Look at $entries."
}

# in_version N COMMAND…: in its root, without a network, with a /run of its own and no service that starts.
in_version() {
  place=$volume/system-$1
  shift
  unshare --mount --pid --fork --kill-child --net --ipc --uts sh -euc '
    place=$0
    mount --make-rprivate /
    mount --bind "$place" "$place"
    mount -t proc proc "$place/proc"
    mount --rbind /sys "$place/sys"
    mount --rbind /dev "$place/dev"
    mount -t tmpfs tmpfs "$place/run"
    mount -t tmpfs tmpfs "$place/tmp"
    printf "#!/bin/sh\nexit 101\n" > "$place/run/policy-rc.d"
    chmod 755 "$place/run/policy-rc.d"
    # The logs are those of all versions. Nothing else that they share is there: guests are no business of packages.
    mount --bind /var/log "$place/var/log"
    exec chroot "$place" "$@"' "$place" "$@"
}

# What programs say that people need not read; told where one fails.
log=${PHYLLOME_ROOT-}/var/log/phyllome-update.log

logged() { # logged COMMAND…
  echo "$(date --utc +%Y-%m-%dT%H:%M:%SZ) $*" >> "$log"
  "$@" >> "$log" 2>&1 || {
    tail -n 20 "$log" >&2
    return 1
  }
}

# The newest kernel of a version, in $kernel.
find_kernel() {
  kernel=$(cd "$volume/system-$1/boot" && ls -d vmlinuz-* | sed 's/^vmlinuz-//' | sort -V | tail -n 1)
  [ -n "$kernel" ] || stop "version $1 has no kernel"
}

# Kernel and initramfs of version N onto the EFI system partition.
place_kernel() {
  kernels=$esp/system-$1/$kernel
  rm -rf "$kernels.new"
  mkdir -p "$kernels.new"
  cp "$volume/system-$1/boot/vmlinuz-$kernel" "$kernels.new/linux"
  cp "$volume/system-$1/boot/initrd.img-$kernel" "$kernels.new/initrd.img"
  sync -f "$kernels.new"
  rm -rf "$kernels"
  mv "$kernels.new" "$kernels"
}

make_version() { # of what is in $offer; the new version's number in $new
  new=$(($(all_versions | tail -n 1) + 1))
  while [ -e "$known/$new" ]; do new=$((new + 1)); done
  note "$new" state making
  note "$new" from "$current"
  note "$new" offer "$(sum_of_offer)"
  note "$new" changes "$(tell_offer)"
  note "$new" wrong "$(ask_doctor)"
  btrfs --quiet subvolume snapshot -r "${PHYLLOME_ROOT:-/}" "$volume/system-$new.base" > /dev/null
  btrfs --quiet subvolume snapshot "$volume/system-$new.base" "$volume/system-$new" > /dev/null
  say "updating a copy of the system; what runs stays as it is"
  # Where policy-rc.d is looked for: the link leads nowhere outside of this.
  ln -sf /run/policy-rc.d "$volume/system-$new/usr/sbin/policy-rc.d"
  logged in_version "$new" env DEBIAN_FRONTEND=noninteractive INITRD=No KERNEL_INSTALL_BYPASS=1 SYSTEMD_OFFLINE=1 \
    apt-get -qq --yes --no-download -oDpkg::Options::=--force-confdef -oDpkg::Options::=--force-confold \
    -oDpkg::Use-Pty=false full-upgrade ||
    stop 'the packages could not be installed in the copy; what runs has not changed' "What they say is above, and in $log."
  rm -f "$volume/system-$new/usr/sbin/policy-rc.d"
  # A kernel that nothing asks for any more; what runs keeps its own.
  logged in_version "$new" apt-get -qq --yes purge '?and(?garbage, ?name(^linux-image-))'
  in_version "$new" apt-get clean
  find_kernel "$new"
  say "making its initramfs"
  logged in_version "$new" dracut --quiet --force --kver "$kernel" "/boot/initrd.img-$kernel" ||
    stop 'its initramfs could not be made; what runs has not changed'
  place_kernel "$new"
  note "$new" kernel "$kernel"
  note "$new" state prepared
}

apply() {
  again=no restart=no
  for option in "$@"; do
    case $option in
      --again) again=yes ;;
      --restart) restart=yes ;;
      *) wrong_use "apply has no $option" ;;
    esac
  done
  [ "$(told "$current" state)" != trial ] || stop "version $current is still on trial" \
    'Wait until phyllome-update status says that it is kept.'
  guests_default=keep
  # In vain would be the work of minutes.
  [ "$restart" = no ] || refuse_kept_guests
  ask_repositories
  if [ -z "$offer" ]; then
    say "version $current is up to date"
    return
  fi
  [ "$again" = yes ] || refuse_given_up
  for version in $(in_state prepared); do
    if [ "$(told "$version" offer)" = "$(sum_of_offer)" ] && [ "$(told "$version" from)" = "$current" ]; then
      say "version $version has these packages already, and is tried at the next start"
      return
    fi
    forget_version "$version"
  done
  drop_half_made
  refuse_little_room
  refuse_other_names
  tell_offer
  apt-get -qq --yes --download-only full-upgrade ||
    stop 'not every package could be fetched' 'See above; nothing has changed.'
  making=yes
  make_version
  making=
  history prepared "$new" from "$current"
  say "version $new is tried at the next start"
  [ "$restart" = no ] || restart --now
}
