# Devices that are for guests, as /etc/phyllome/hand-over names them. Each must be there, be what was meant, belong to
# vfio-pci, and share its IOMMU group with nothing that the host keeps.

# Sets $strangers to endpoints of the device's group that a driver of the host holds, $group to the group's number.
group_strangers() {
  strangers='' group=''
  ! link_name "/sys/bus/pci/devices/$1/iommu_group" || group=$name
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

judge_hand_over() { # judge_hand_over 'DEVICE: who holds it', as phyllome-hand-over --check says
  device=${1%% *}
  device=${device%:}
  case "$1" in
    *': vfio-pci')
      group_strangers "$device"
      if [ -n "$strangers" ]; then
        fail "hand-over:$device" "$device shares IOMMU group $group with what the host uses: $strangers" \
          'hand all of them over, or move the card to another slot'
      else
        ok "hand-over:$device" "${1%%: vfio-pci} is ready for a guest, in group ${group:-none}"
      fi
      ;;
    *' instead of vfio-pci')
      fail "hand-over:$device" "$1" \
        'the driver was there first: make the initramfs anew (dracut --force) and restart; see: journalctl -b -t phyllome-hand-over'
      ;;
    *) fail "hand-over:$device" "$1" 'cards were moved, or are gone: correct /etc/phyllome/hand-over' ;;
  esac
}

list=$root/etc/phyllome/hand-over
told=
if [ -r "$list" ] && [ -x "$root/usr/libexec/phyllome-hand-over" ]; then
  told=$(PHYLLOME_SYS=$root/sys PHYLLOME_HAND_OVER=$list PHYLLOME_LIBRARY=$root/usr/lib/phyllome \
    "$root/usr/libexec/phyllome-hand-over" --check 2>&1)
fi
if [ -z "$told" ]; then
  skip hand-over 'no device is set aside for guests'
else
  while IFS= read -r line; do
    judge_hand_over "$line"
  done << END
$told
END
fi
