# The IOMMU: described by the firmware, used by the kernel, and strict about interrupts.

tables=
for table in DMAR IVRS VIOT; do
  [ ! -e "$root/sys/firmware/acpi/tables/$table" ] || tables="$tables${tables:+ }$table"
done
case "$cpu_vendor" in
  GenuineIntel) setting='"Intel VT-d" (VT for Directed I/O)' argument='intel_iommu=on on the kernel command line' ;;
  *) setting='"IOMMU" (AMD-Vi; set it to Enabled, not Auto)' argument='no amd_iommu=off or iommu=off on the kernel command line' ;;
esac

entries /sys/kernel/iommu_groups
iommu_groups=0
for _ in $names; do iommu_groups=$((iommu_groups + 1)); done

if [ "$iommu_groups" -gt 0 ]; then
  ok iommu "on, with $iommu_groups groups of devices${tables:+ ($tables)}"
elif [ -n "$tables" ]; then
  warn iommu "the firmware offers an IOMMU ($tables), and the kernel does not use it" "there must be $argument"
elif [ "$in_guest" = yes ]; then
  warn iommu 'this virtual machine has no IOMMU: no device can be handed to a guest' \
    'give it one on the machine below: <iommu model="intel"> with caching_mode="on"'
else
  warn iommu 'the firmware describes no IOMMU: no device can be handed to a guest' \
    "switch on $setting in the firmware set-up; if there is no such setting, the board has none"
fi

if [ "$iommu_groups" = 0 ]; then
  skip interrupt-remapping 'there is no IOMMU'
elif first_line /sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts && [ "$line" = Y ]; then
  warn interrupt-remapping 'a guest with a device may send any interrupt to the host (allow_unsafe_interrupts=Y)' \
    'look for allow_unsafe_interrupts in /etc/modprobe.d and /proc/cmdline'
else
  ok interrupt-remapping 'guests with devices cannot forge interrupts'
fi
