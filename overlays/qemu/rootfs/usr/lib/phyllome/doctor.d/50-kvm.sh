# Virtualisation by the processor: is it there, did the firmware allow it, may QEMU use it, may guests be hosts.

case "$cpu_vendor" in
  GenuineIntel) flag=vmx module=kvm_intel setting='"Intel Virtualization Technology" (VT-x, VMX)' ;;
  AuthenticAMD | HygonGenuine) flag=svm module=kvm_amd setting='"SVM Mode" (AMD-V)' ;;
  *) flag='' module='' setting='' ;;
esac
if [ -z "$flag" ]; then
  # Some virtual processors have a maker of their own.
  for candidate in vmx:kvm_intel svm:kvm_amd; do
    ! has "${candidate%:*}" "$cpu_flags" || flag=${candidate%:*} module=${candidate#*:}
  done
fi

kvm_possible=no
if [ -z "$cpu_flags" ]; then
  skip virtualization 'the kernel tells nothing about the processor'
elif [ -n "$flag" ] && has "$flag" "$cpu_flags"; then
  kvm_possible=yes
  ok virtualization "the processor virtualises ($flag)"
elif [ "$in_guest" = yes ]; then
  fail virtualization 'this virtual machine has no virtualisation of its own' \
    'on the machine below, allow nesting and give this one the processor as it is: <cpu mode="host-passthrough"/>'
else
  fail virtualization 'the processor does not virtualise, or the firmware set-up has switched it off' \
    "switch on ${setting:-virtualisation} in the firmware set-up, in the processor's section; then switch the power off and on"
fi

if [ -c "$root/dev/kvm" ] || { [ -n "$root" ] && [ -e "$root/dev/kvm" ]; }; then
  # As numbers: who the group is, the machine looked at says.
  rights=$(stat -c '%a %g' "$root/dev/kvm")
  mode=${rights% *} group=${rights#* } group_name='' members=''
  while IFS=: read -r entry _ number list; do
    [ "$number" != "$group" ] || group_name=$entry members=$list
  done < "$root/etc/group"
  qemu_user='' qemu_group=''
  while IFS=: read -r entry _ _ number _; do
    case "$entry" in qemu | libvirt-qemu) qemu_user=$entry qemu_group=$number ;; esac
  done < "$root/etc/passwd"
  case "$mode" in
    *[67]) ok kvm 'everybody may use /dev/kvm' ;;
    *[67]?)
      if [ "$qemu_group" = "$group" ] || has "${qemu_user:-nobody}" "$(printf '%s' "$members" | tr ',' ' ')"; then
        ok kvm "/dev/kvm is for group $group_name, and $qemu_user is in it"
      else
        fail kvm "/dev/kvm is for group ${group_name:-$group}, and ${qemu_user:-the user of guests} is not in it" \
          "usermod --append --groups ${group_name:-kvm} ${qemu_user:-libvirt-qemu}"
      fi
      ;;
    *) fail kvm "/dev/kvm has mode $mode: guests may not use it" 'udevadm trigger /dev/kvm; look for a rule in /etc/udev/rules.d' ;;
  esac
elif [ "$kvm_possible" = yes ]; then
  fail kvm '/dev/kvm is missing although the processor virtualises' \
    "switch on ${setting:-virtualisation} in the firmware set-up; see: modprobe $module, journalctl -k --grep=kvm"
else
  fail kvm '/dev/kvm is missing' 'see virtualization'
fi

if [ -n "$module" ] && first_line "/sys/module/$module/parameters/nested"; then
  case "$line" in
    1 | Y) ok nested 'guests may be hosts themselves' ;;
    *) warn nested "$module was loaded without nesting" 'look for nested=0 in /etc/modprobe.d and /proc/cmdline' ;;
  esac
else
  skip nested 'the kernel module of KVM is not loaded'
fi
