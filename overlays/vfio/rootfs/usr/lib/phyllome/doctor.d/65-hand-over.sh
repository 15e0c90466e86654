# Devices that are for guests: /etc/phyllome/vfio-devices, one a line, `ADDRESS [VENDOR:DEVICE [alone|shared]]`.
# Each must be there, be what was meant, belong to vfio-pci, and share its group with nothing that the host keeps.

# Sets $strangers to endpoints of the device's group that a driver of the host holds.
group_strangers() {
  strangers=
  for member in "$root/sys/bus/pci/devices/$1/iommu_group/devices"/*; do
    member=${member##*/}
    if [ "$member" = "$1" ] || [ "$member" = '*' ]; then continue; fi
    # Bridges stay with the host.
    first_line "/sys/bus/pci/devices/$member/class" || :
    case "$line" in 0x0604* | 0x0600*) continue ;; esac
    link_name "/sys/bus/pci/devices/$member/driver" || continue
    case "$name" in vfio-pci | pci-stub) ;; *) strangers="$strangers${strangers:+, }$member ($name)" ;; esac
  done
}

hand_over() { # hand_over ADDRESS [ID]
  device=/sys/bus/pci/devices/$1
  if [ ! -e "$root$device" ]; then
    fail "hand-over:$1" "$1 is for guests, and there is no such device" \
      'cards were moved: find its address with phyllome-doctor or lspci, and correct the hardware profile'
    return
  fi
  first_line "$device/vendor" || :
  found=${line#0x}
  first_line "$device/device" || :
  found=$found:${line#0x}
  if [ -n "${2-}" ] && [ "$2" != "$found" ]; then
    fail "hand-over:$1" "$1 is $found, not $2 as the profile says: cards were moved" 'correct the hardware profile'
    return
  fi
  if ! link_name "$device/iommu_group"; then
    fail "hand-over:$1" "$1 is in no IOMMU group" 'see iommu'
    return
  fi
  group=$name
  link_name "$device/driver" || :
  if [ "$name" != vfio-pci ]; then
    fail "hand-over:$1" "$1 ($found) belongs to ${name:-no driver}, not to vfio-pci" \
      'the driver was there first: rebuild the initramfs; see: journalctl -k --grep=vfio'
    return
  fi
  group_strangers "$1"
  if [ -n "$strangers" ]; then
    fail "hand-over:$1" "$1 shares IOMMU group $group with what the host uses: $strangers" \
      'hand all of them over, or move the card to another slot'
  else
    ok "hand-over:$1" "$1 ($found) is ready for a guest, group $group"
  fi
}

devices=/etc/phyllome/vfio-devices
handed=0
if [ -r "$root$devices" ]; then
  while read -r address id _; do
    case "$address" in '' | '#'*) continue ;; esac
    handed=$((handed + 1))
    hand_over "$address" "$id"
  done < "$root$devices"
fi
[ "$handed" -gt 0 ] || skip hand-over 'no device is set aside for guests'
