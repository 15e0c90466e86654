#!/bin/sh
# Describes this computer as a host for virtual machines, as text. Runs on any Linux; needs nothing of this project.
#   sh probe.sh            prints the description
#   sh probe.sh FILE       writes it into FILE
# It only reads /sys and /proc. An ordinary user may run it; [unseen] at the end says what root would add.
# Serial numbers, UUIDs, MAC addresses, host and user names, file systems' labels and addresses are not looked at, and what
# looks like one in the kernel's messages is cut out.
set -u
export LC_ALL=C
sys=${PHYLLOME_SYS:-/sys}
proc=${PHYLLOME_PROC:-/proc}
devices=$sys/bus/pci/devices
unseen=

# value FILE: its first line without control characters; nothing where it cannot be read.
value() {
  content=
  [ ! -r "$1" ] || { IFS= read -r content < "$1" || :; } 2> /dev/null
  case $content in *[![:print:]]*) content=$(printf '%s' "$content" | tr -cd '[:print:]') ;; esac
  # Makers pad with spaces.
  content=${content#"${content%%[! ]*}"}
  content=${content%"${content##*[! ]}"}
  printf '%s' "$content"
}
say() { # say KEY VALUE: nothing where there is no value
  [ -z "$2" ] || printf '%s = %s\n' "$1" "$2"
}
has() { # has WORD LIST
  case " $2 " in *" $1 "*) return 0 ;; esac
  return 1
}
yes_if() { if "$@"; then echo yes; else echo no; fi; } # yes_if COMMAND…
any() { # any FILE…: whether the first is there; for patterns
  [ -e "$1" ]
}

# real DIRECTORY: where it really is
real() { (cd -P "$1" 2> /dev/null && pwd); }

# pci_of DIRECTORY: the address of the PCI function that a device of sysfs hangs on
pci_of() {
  way=$(real "$1")
  while [ -n "$way" ] && [ "$way" != "$sys/devices" ]; do
    [ ! -e "$devices/${way##*/}" ] || { echo "${way##*/}"; return; }
    way=${way%/*}
  done
}

# uses: lines `ADDRESS USE` for the functions that this system cannot do without now
disk_uses() { # disk_uses BLOCK-DEVICE-DIRECTORY USE
  if any "$1"/slaves/*; then
    for slave in "$1"/slaves/*; do (disk_uses "$slave" "$2"); done
  else
    address=$(pci_of "$1")
    [ -z "$address" ] || echo "$address $2"
  fi
}
uses() {
  while read -r _ _ number _ point rest; do
    case $point in / | /boot | /boot/efi | /efi | /usr | /var | /home | /run/initramfs/live) ;; *) continue ;; esac
    block=$sys/dev/block/$number
    if [ ! -e "$block" ]; then
      # A file system of several disks has a number of its own; its source names one of them.
      source=${rest#* - }
      source=${source#* }
      source=${source%% *}
      case $source in /dev/*) source=$(readlink -f "$source") ;; *) continue ;; esac
      block=$sys/class/block/${source##*/}
    fi
    [ ! -e "$block" ] || disk_uses "$block" system-disk
  done < "$proc/self/mountinfo"
  if [ -r "$proc/net/route" ]; then
    while read -r interface destination _; do
      [ "$destination" = 00000000 ] && net_uses "$interface" "$interface"
    done < "$proc/net/route"
  fi
  for status in "$sys"/class/drm/card*/status; do
    [ "$(value "$status")" = connected ] || continue
    address=$(pci_of "${status%/*}")
    [ -z "$address" ] || echo "$address screen"
  done
  for input in "$sys"/class/input/input*; do
    # Keys that repeat: a keyboard, not a button.
    [ "$(value "$input/capabilities/ev")" = 120013 ] || continue
    address=$(pci_of "$input")
    [ -z "$address" ] || echo "$address keyboard"
  done
}
net_uses() { # net_uses INTERFACE SEEN
  for lower in "$sys/class/net/$1"/lower_* "$sys/class/net/$1"/brif/*; do
    [ -e "$lower" ] || continue
    name=${lower##*/}
    name=${name#lower_}
    has "$name" "$2" || (net_uses "$name" "$2 $name")
  done
  [ -e "$sys/class/net/$1/device" ] || return 0
  address=$(pci_of "$sys/class/net/$1/device")
  [ -z "$address" ] || echo "$address network"
}

computer() {
  dmi=$sys/class/dmi/id
  say vendor "$(value "$dmi/sys_vendor")"
  say product "$(value "$dmi/product_name")"
  say version "$(value "$dmi/product_version")"
  say board-vendor "$(value "$dmi/board_vendor")"
  say board "$(value "$dmi/board_name")"
  say chassis "$(value "$dmi/chassis_type")"
  say battery "$(yes_if any "$sys"/class/power_supply/BAT*)"
}
firmware() {
  say vendor "$(value "$dmi/bios_vendor")"
  say version "$(value "$dmi/bios_version")"
  say date "$(value "$dmi/bios_date")"
  say uefi "$(yes_if any "$sys/firmware/efi")"
  secure=$sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c
  if [ -r "$secure" ]; then
    # Four bytes of attributes, then the value.
    case $(od -An -tu1 -j4 -N1 "$secure" | tr -d ' ') in 1) say secure-boot on ;; *) say secure-boot off ;; esac
  elif [ -e "$sys/firmware/efi" ]; then
    say secure-boot unknown
  else
    say secure-boot off
  fi
  if any "$sys/class/tpm/tpm0"; then
    major=$(value "$sys/class/tpm/tpm0/tpm_version_major")
    say tpm "${major:-unknown}"
  else
    say tpm none
  fi
}
processor() {
  say architecture "${PHYLLOME_ARCHITECTURE:-$(uname -m)}"
  while IFS= read -r line; do
    case $line in
      vendor_id*) say vendor "${line#*: }" ;;
      'cpu family'*) say family "${line#*: }" ;;
      'model name'*) say name "${line#*: }" ;;
      model*) say model "${line#*: }" ;;
      stepping*) say stepping "${line#*: }" ;;
      microcode*) say microcode "${line#*: }" ;;
      flags*)
        kept=
        for flag in ${line#*: }; do
          case $flag in vmx | svm | ept | npt | vpid | avic | x2avic | nrip_save | hypervisor | lm | aes | sme | sev | sev_es | sev_snp) kept="$kept $flag" ;; esac
        done
        say flags "${kept# }"
        ;;
      'vmx flags'*)
        kept=
        for flag in ${line#*: }; do
          case $flag in ept | vpid | unrestricted_guest | apicv | posted_intr | shadow_vmcs) kept="$kept $flag" ;; esac
        done
        say vmx-flags "${kept# }"
        ;;
      '') break ;;
    esac
  done < "$proc/cpuinfo"
  say threads "$(grep -c '^processor' "$proc/cpuinfo")"
  say smt "$(value "$sys/devices/system/cpu/smt/control")"
  say kvm-device "$(yes_if any "${PHYLLOME_DEV:-/dev}/kvm")"
  for module in kvm_intel kvm_amd; do
    [ ! -d "$sys/module/$module" ] || { say kvm-module "$module"; say nested "$(value "$sys/module/$module/parameters/nested")"; }
  done
}
memory() {
  while read -r key amount _; do
    case $key in
      MemTotal:) say total-mib $((amount / 1024)) ;;
      SwapTotal:) say swap-mib $((amount / 1024)) ;;
      HugePages_Total:) say huge-pages "$amount" ;;
    esac
  done < "$proc/meminfo"
  nodes=0
  for node in "$sys"/devices/system/node/node[0-9]*; do [ ! -e "$node" ] || nodes=$((nodes + 1)); done
  say numa-nodes $nodes
}
iommu() {
  units=
  for unit in "$sys"/class/iommu/*; do [ ! -e "$unit" ] || units="$units ${unit##*/}"; done
  say units "${units# }"
  for table in DMAR IVRS; do
    if [ -d "$sys/firmware/acpi/tables" ]; then say "table-$table" "$(yes_if any "$sys/firmware/acpi/tables/$table")"; fi
  done
  groups=0
  for group in "$sys"/kernel/iommu_groups/*; do [ ! -e "$group" ] || groups=$((groups + 1)); done
  say groups $groups
  # Remapped interrupts have names of their own.
  [ ! -r "$proc/interrupts" ] || say interrupt-remapping "$(yes_if grep -q 'IR-' "$proc/interrupts")"
}
kernel() {
  say release "$(value "$proc/sys/kernel/osrelease")"
  kept=
  for word in $(value "$proc/cmdline"); do
    case $word in
      iommu=* | iommu.* | intel_iommu=* | amd_iommu=* | vfio* | kvm* | pci=* | pcie_* | pci.* | mitigations=* | nomodeset | video=* | \
        initcall_blacklist=* | rd.driver.* | module_blacklist=* | modprobe.blacklist=* | *hugepage* | isolcpus=*) kept="$kept $word" ;;
    esac
  done
  say arguments "${kept# }"
  list=${PHYLLOME_MODULES:-/lib/modules}/$(value "$proc/sys/kernel/osrelease")
  if grep -q '/vfio-pci\.ko' "$list/modules.dep" 2> /dev/null; then
    say vfio-pci module
  elif grep -q '/vfio-pci\.ko' "$list/modules.builtin" 2> /dev/null; then
    say vfio-pci built-in
  elif [ -r "$list/modules.dep" ]; then
    say vfio-pci none
  fi
}

# udev KEY FILE: a value that udev noted of a device; spaces are underscores there
udev() {
  sed -n "s/^E:$1=//p" "$2" 2> /dev/null | head -n 1 | tr -cd '[:print:]'
}
bus_of() { # bus_of BLOCK-DEVICE-DIRECTORY
  case $(real "$1") in
    */usb[0-9]*) echo usb ;;
    */nvme[0-9]*) echo nvme ;;
    */virtio[0-9]*) echo virtio ;;
    */ata[0-9]*) echo sata ;;
    */mmc_host/*) echo mmc ;;
    */host[0-9]*) echo scsi ;;
  esac
}
# disk DIRECTORY: one line; by-id names hold serial numbers and are left out
disk() {
  name=${1##*/}
  case $name in loop* | ram* | zram* | fd* | sr* | dm-* | md[0-9]* | nbd* | mmcblk*boot* | mmcblk*rpmb*) return ;; esac
  size=$(value "$1/size")
  [ "${size:-0}" -gt 0 ] || return
  noted=${PHYLLOME_UDEV:-/run/udev/data}/b$(value "$1/dev")
  line="$name bytes=$((size * 512)) sector=$(value "$1/queue/logical_block_size")"
  bus=$(bus_of "$1")
  [ -z "$bus" ] || line="$line bus=$bus"
  [ "$(value "$1/queue/rotational")" != 1 ] || line="$line rotational"
  [ "$(value "$1/removable")" != 1 ] || line="$line removable"
  [ "$(value "$1/ro")" != 1 ] || line="$line read-only"
  if [ -r "$noted" ]; then
    table=$(udev ID_PART_TABLE_TYPE "$noted")
    [ -z "$table" ] || line="$line table=$table"
    kinds=$(udev ID_FS_TYPE "$noted")
    for part in "$1/$name"*; do
      [ -e "$part/partition" ] || continue
      kind=$(udev ID_FS_TYPE "${PHYLLOME_UDEV:-/run/udev/data}/b$(value "$part/dev")")
      kinds="$kinds,${kind:-part}"
    done
    kinds=${kinds#,}
    [ -z "$kinds" ] || line="$line holds=$kinds"
    paths=$(sed -n 's#^S:\(disk/by-path/\)#\1#p' "$noted" | sort | tr '\n' ',')
    [ -z "$paths" ] || line="$line paths=${paths%,}"
  else
    line="$line unknown-content"
  fi
  model=$(value "$1/device/model" | tr ' ' '_')
  [ -z "$model" ] || line="$line model=$model"
  printf '%s\n' "$line"
}

# wants_firmware MODULE: whether the driver may load a program into its device
wants_firmware() {
  [ -n "$1" ] && [ -n "$(PATH=$PATH:/usr/sbin:/sbin modinfo -F firmware "$1" 2> /dev/null)" ]
}

device() { # device DIRECTORY
  address=${1##*/}
  id="$(value "$1/vendor"):$(value "$1/device")"
  line="$address id=$(printf %s "$id" | sed 's/0x//g') class=$(value "$1/class" | sed 's/0x//')"
  subsystem="$(value "$1/subsystem_vendor"):$(value "$1/subsystem_device")"
  [ "$subsystem" = : ] || line="$line subsystem=$(printf %s "$subsystem" | sed 's/0x//g')"
  way=$(real "$1")
  parent=${way%/*}
  parent=${parent##*/}
  [ ! -e "$devices/$parent" ] || line="$line behind=$parent"
  if [ -e "$1/driver" ]; then
    driver=$(real "$1/driver")
    line="$line driver=${driver##*/}"
    module=$(real "$1/driver/module")
    ! wants_firmware "${module##*/}" || line="$line wants-firmware"
  fi
  if [ -e "$1/iommu_group" ]; then
    group=$(real "$1/iommu_group")
    line="$line group=${group##*/}"
  fi
  [ "$(value "$1/boot_vga")" != 1 ] || line="$line boot-vga"
  if [ -e "$1/reset_method" ]; then
    line="$line reset=$(value "$1/reset_method" | tr ' ' ',')"
  elif [ -e "$1/reset" ]; then
    line="$line reset=yes"
  fi
  [ ! -e "$1/sriov_totalvfs" ] || line="$line virtual-functions=$(value "$1/sriov_numvfs")/$(value "$1/sriov_totalvfs")"
  [ ! -e "$1/physfn" ] || line="$line virtual-function"
  any "$1"/resource[0-9]_resize && line="$line resizable"
  if any "$1"/mdev_supported_types/*; then
    types=
    for type in "$1"/mdev_supported_types/*; do types="$types,${type##*/}"; done
    line="$line mediated=${types#,}"
  fi
  mine=$(printf '%s\n' "$used" | sed -n "s/^$address //p" | sort -u | tr '\n' ',')
  [ -z "$mine" ] || line="$line uses=${mine%,}"
  printf '%s\n' "$line"
}

messages() {
  log=$(dmesg 2> /dev/null) || log=$(journalctl -k -b -q -o cat 2> /dev/null) || log=
  if [ -z "$log" ]; then
    unseen="$unseen kernel-messages"
    return
  fi
  printf '%s\n' "$log" |
    sed -E 's/^\[ *[0-9.]+\] //' |
    grep -iE 'disabled by (the )?bios|DMAR: (IOMMU|Intel|No|Host|Disable)|DMAR-IR|AMD-Vi: (AMD|Interrupt|X2APIC|Found)|Direct firmware load for|firmware: failed to load|not enough MMIO resources for SR-IOV|ACS override|x2apic: ' |
    sed -E 's/([0-9a-f]{2}:){5}[0-9a-f]{2}/(cut out)/gI; s/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/(cut out)/gI' |
    awk '!seen[$0]++' | head -n 40
}

section() { # section NAME FUNCTION
  printf '\n[%s]\n' "$1"
  "$2"
}
describe() {
  echo 'phyllome hardware dump 1'
  echo '# How this computer does as a host for virtual machines: `phyllome hardware check` reads it.'
  echo '# Without serial numbers, MAC addresses and names of host or user.'
  section computer computer
  section firmware firmware
  section processor processor
  section memory memory
  section iommu iommu
  section kernel kernel
  printf '\n[pci]\n'
  used=$(uses)
  for function in "$devices"/*; do [ ! -e "$function" ] || device "$function"; done
  printf '\n[disks]\n'
  for block in "$sys"/block/*; do [ ! -e "$block" ] || disk "$block"; done
  printf '\n[messages]\n'
  messages
  printf '\n[unseen]\n'
  for what in $unseen; do
    case $what in kernel-messages) echo 'kernel-messages = root sees in them whether the firmware switched the processor off for guests, and which firmware is missing' ;; esac
  done
}

case ${1-} in
  '') describe ;;
  -*)
    sed -n '2,4s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
  *) describe > "$1" ;;
esac
