# Devices of the host, as XML.

# What the guest gets already, one a line: libvirt takes no device twice.
taken="$newline"
take() { # take OPTION VALUE [DEVICE]
  device=${3-$2}
  case "$taken" in *"$newline$device$newline"*) complain "$1 $2: the guest gets that device already" ;; esac
  taken="$taken$device$newline"
}

print_shares() {
  while read -r tag directory; do
    [ -n "$tag" ] || continue
    xml "$directory"
    printf "    <filesystem type='mount' accessmode='passthrough'>\n"
    printf "      <driver type='virtiofs'/>\n      <source dir='%s'/>\n" "$quoted"
    xml "$tag"
    printf "      <target dir='%s'/>\n    </filesystem>\n" "$quoted"
  done << END
$shares
END
}

print_function() { # print_function OPTION ADDRESS [GUEST-ADDRESS]
  take "$1" "$2"
  shift
  domain=${1%%:*} slot=${1#*:}
  bus=${slot%%:*} slot=${slot#*:}
  function=${slot#*.} slot=${slot%.*}
  printf "    <hostdev mode='subsystem' type='pci' managed='yes'>\n      <driver name='vfio'/>\n"
  printf "      <source><address domain='0x%s' bus='0x%s' slot='0x%s' function='0x%s'/></source>\n" \
    "$domain" "$bus" "$slot" "$function"
  [ -z "${2-}" ] || printf '      %s\n' "$2"
  printf '    </hostdev>\n'
}

must_be_there() { # must_be_there OPTION ADDRESS
  [ -e "$root/sys/bus/pci/devices/$2" ] || complain "$1 $2: there is no such device"
  [ -e "$root/sys/bus/pci/devices/$2/iommu_group" ] ||
    complain "$1 $2: it is in no IOMMU group, so it cannot be handed over; see phyllome-doctor"
  case $(first_word "$root/sys/bus/pci/devices/$2/class") in
    06*) complain "$1 $2: it is a bridge, which the kernel hands to nobody; what is behind it can be handed over" ;;
  esac
}

# A graphics card arrives whole and as one: its sound and USB functions next to it on one slot of the guest. What else a
# processor has in the slot stays with the host.
print_gpus() {
  guest_bus=7
  while read -r address; do
    [ -n "$address" ] || continue
    must_be_there --gpu "$address"
    is_graphics "$root/sys/bus/pci/devices/$address" || complain "--gpu $address: it is no graphics card; see --pci"
    functions=
    for path in $(graphics_card_functions "$root/sys/bus/pci/devices" "$address"); do
      functions="$functions ${path##*/}"
    done
    several=
    case "$functions" in ' '*' '*) several=" multifunction='on'" ;; esac
    guest_function=0
    for function in $functions; do
      print_function --gpu "$function" \
        "<address type='pci' domain='0x0000' bus='0x0$guest_bus' slot='0x00' function='0x$guest_function'$several/>"
      several='' guest_function=$((guest_function + 1))
    done
    guest_bus=$((guest_bus + 1))
    [ "$guest_bus" -le 10 ] || complain '--gpu: at most three'
  done << END
$gpus
END
}

usb_make() { # usb_make DEVICE-DIRECTORY: sets $make to vendor:product
  IFS= read -r vendor < "$1/idVendor"
  IFS= read -r product < "$1/idProduct"
  make=$vendor:$product
}

usb_places() { # usb_places VENDOR:PRODUCT: sets $places to where such devices are plugged in, $alike to their number
  places='' alike=0
  for other in "$root"/sys/bus/usb/devices/*/idVendor; do
    [ -r "$other" ] || continue
    usb_make "${other%/*}"
    [ "$make" = "$1" ] || continue
    other=${other%/idVendor}
    places="$places${places:+, }${other##*/}" alike=$((alike + 1))
  done
}

# libvirt knows a device by its make, or by a number that changes with each plug. The make alone, where there is one of it.
usb_at() { # usb_at BUS-PORT: sets $id to its make, and $address where another one of that make is there
  at=$root/sys/bus/usb/devices/$1
  [ -r "$at/idVendor" ] || complain "--usb $1: nothing is plugged in there; lsusb -t shows buses and ports"
  usb_make "$at"
  id=$make address=
  usb_places "$id"
  [ "$alike" -gt 1 ] || return 0
  IFS= read -r bus < "$at/busnum"
  IFS= read -r number < "$at/devnum"
  address="<address bus='$bus' device='$number'/>"
}

usb_of_make() { # usb_of_make VENDOR:PRODUCT: sets $id; one that is plugged in later is found when the guest starts
  id=$1 address=
  usb_places "$id"
  [ "$alike" -le 1 ] || complain "--usb $id: there are $alike of it; name one by its place, or several: $places"
}

print_host_devices() {
  print_gpus
  while read -r address; do
    [ -n "$address" ] || continue
    must_be_there --pci "$address"
    print_function --pci "$address"
  done << END
$pcis
END
  while read -r asked; do
    [ -n "$asked" ] || continue
    case "$asked" in *-*) usb_at "$asked" ;; *) usb_of_make "$asked" ;; esac
    take --usb "$asked" "$id$address"
    printf "    <hostdev mode='subsystem' type='usb' managed='yes'>\n"
    printf "      <source startupPolicy='optional'><vendor id='0x%s'/><product id='0x%s'/>%s</source>\n    </hostdev>\n" \
      "${id%:*}" "${id#*:}" "$address"
  done << END
$usbs
END
  while IFS= read -r device; do
    [ -n "$device" ] || continue
    # Of a keyboard the grab covers all input devices; held keys repeat.
    keyboard=
    case "$device" in *-kbd) keyboard=" grab='all' repeat='on'" ;; esac
    xml "$device"
    printf "    <input type='evdev'>\n      <source dev='%s'%s grabToggle='ctrl-ctrl'/>\n    </input>\n" "$quoted" "$keyboard"
  done << END
$evdevs
END
}
