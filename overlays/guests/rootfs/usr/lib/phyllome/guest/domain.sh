# The domain XML. What is left out, libvirt fills in: PCI addresses, controllers, UUID, MAC address.

print_domain() {
  plan_storage
  xml "$name"
  printf "<domain type='%s'>\n  <name>%s</name>\n" "$virt_type" "$quoted"
  if [ -n "$t_osinfo" ]; then
    xml "$t_osinfo"
    printf '  <metadata>\n    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">\n'
    printf '      <libosinfo:os id="%s"/>\n    </libosinfo:libosinfo>\n  </metadata>\n' "$quoted"
  fi
  printf "  <memory unit='MiB'>%s</memory>\n  <vcpu>%s</vcpu>\n" "$memory" "$cpus"
  [ "$t_disk" != virtio ] || printf '  <iothreads>1</iothreads>\n'
  print_memory
  print_pins
  print_firmware
  print_features
  if [ "$virt_type" = kvm ]; then
    printf "  <cpu mode='host-passthrough' check='none' migratable='on'>\n"
  else
    printf "  <cpu mode='maximum'>\n"
  fi
  # One socket: editions of Windows for clients use no more than two.
  printf "    <topology sockets='1' cores='%s' threads='1'/>\n  </cpu>\n" "$cpus"
  print_clock
  printf '  <on_poweroff>destroy</on_poweroff>\n  <on_reboot>restart</on_reboot>\n  <on_crash>destroy</on_crash>\n'
  printf "  <pm>\n    <suspend-to-mem enabled='no'/>\n    <suspend-to-disk enabled='no'/>\n  </pm>\n  <devices>\n"
  print_disks
  print_networks
  print_consoles
  print_virtio_devices
  print_shares
  print_host_devices
  printf '  </devices>\n</domain>\n'
}

print_firmware() {
  case "$t_firmware" in
    bios) printf "  <os>\n    <type arch='x86_64' machine='q35'>hvm</type>\n  </os>\n" ;;
    secure | uefi)
      has=no
      [ "$t_firmware" = uefi ] || has=yes
      printf "  <os firmware='efi'>\n    <type arch='x86_64' machine='q35'>hvm</type>\n    <firmware>\n"
      printf "      <feature enabled='%s' name='enrolled-keys'/>\n      <feature enabled='%s' name='secure-boot'/>\n" "$has" "$has"
      printf '    </firmware>\n  </os>\n'
      ;;
    *) complain "$template: firmware is secure, uefi or bios" ;;
  esac
}

print_features() {
  printf '  <features>\n    <acpi/>\n    <apic/>\n'
  if [ -n "$t_hyperv" ] && [ "$virt_type" = kvm ]; then
    printf "    <hyperv mode='custom'>\n"
    for feature in $t_hyperv; do
      case "$hyperv_known" in *" $feature "*) ;; *) continue ;; esac
      case "$feature" in
        spinlocks) printf "      <spinlocks state='on' retries='8191'/>\n" ;;
        stimer) printf "      <stimer state='on'>\n        <direct state='on'/>\n      </stimer>\n" ;;
        *) printf "      <%s state='on'/>\n" "$feature" ;;
      esac
    done
    printf '    </hyperv>\n'
  fi
  [ "$t_firmware" != secure ] || printf "    <smm state='on'/>\n"
  # Interrupt remapping needs the I/O interrupt controller in QEMU.
  [ "$t_iommu" = no ] || printf "    <ioapic driver='qemu'/>\n"
  printf '  </features>\n'
}

print_clock() {
  printf "  <clock offset='%s'>\n    <timer name='rtc' tickpolicy='catchup'/>\n    <timer name='pit' tickpolicy='delay'/>\n" "$t_clock"
  printf "    <timer name='hpet' present='no'/>\n"
  [ -z "$t_hyperv" ] || [ "$virt_type" != kvm ] || printf "    <timer name='hypervclock' present='yes'/>\n"
  printf '  </clock>\n'
}

print_memory() {
  [ -n "$shares$hugepages" ] || return 0
  printf '  <memoryBacking>\n'
  [ -z "$hugepages" ] ||
    printf "    <hugepages>\n      <page size='%s' unit='%siB'/>\n    </hugepages>\n" "${hugepages%?}" "${hugepages#?}"
  # virtiofs reads and writes the guest's memory from another process.
  [ -z "$shares" ] || printf "    <source type='memfd'/>\n    <access mode='shared'/>\n"
  printf '  </memoryBacking>\n'
}

print_pins() {
  [ -n "$pins" ] || return 0
  printf '  <cputune>\n'
  vcpu=0
  while read -r processor; do
    [ -n "$processor" ] || continue
    printf "    <vcpupin vcpu='%s' cpuset='%s'/>\n" "$vcpu" "$processor"
    vcpu=$((vcpu + 1))
  done << END
$pins
END
  printf '  </cputune>\n'
}

print_networks() {
  while read -r network; do
    [ -z "$network" ] || print_network
  done << END
$networks
END
}

print_network() {
  source=
  case "$network" in
    none) return ;;
    bridge=*)
      xml "${network#bridge=}"
      source="<source bridge='$quoted'/>" type=bridge
      ;;
    *)
      xml "$network"
      source="<source network='$quoted'/>" type=network
      ;;
  esac
  if [ "$session" = yes ]; then source='' type=user; fi
  printf "    <interface type='%s'>\n" "$type"
  [ -z "$source" ] || printf '      %s\n' "$source"
  printf "      <model type='%s'/>\n" "$t_network"
  # A queue for each of four processors at most: more queues than that cost more than they give.
  queues=$cpus
  [ "$queues" -le 4 ] || queues=4
  if [ "$t_network" = virtio ] && [ "$queues" -gt 1 ] && [ "$session" = no ]; then
    printf "      <driver name='vhost' queues='%s'/>\n" "$queues"
  fi
  printf '    </interface>\n'
}

print_consoles() {
  printf "    <serial type='pty'>\n"
  if [ -n "$console_log" ]; then
    xml "$console_log"
    printf "      <log file='%s' append='off'/>\n" "$quoted"
  fi
  printf "      <target port='0'/>\n    </serial>\n"
  printf "    <graphics type='%s'/>\n    <video>\n      <model type='%s'/>\n    </video>\n" "$graphics" "$t_video"
  # A tablet says where the pointer is, not how far it went: it need not be grabbed.
  printf "    <controller type='usb' model='qemu-xhci'/>\n    <input type='tablet' bus='usb'/>\n"
}

print_virtio_devices() {
  if [ "$t_tpm" = yes ]; then
    printf "    <tpm model='tpm-crb'>\n      <backend type='emulator' version='2.0'/>\n    </tpm>\n"
  fi
  if [ "$t_agent" = yes ]; then
    printf "    <channel type='unix'>\n      <target type='virtio' name='org.qemu.guest_agent.0'/>\n    </channel>\n"
    [ "$graphics" != spice ] ||
      printf "    <channel type='spicevmc'>\n      <target type='virtio' name='com.redhat.spice.0'/>\n    </channel>\n"
  fi
  [ "$t_rng" = no ] || printf "    <rng model='virtio'>\n      <backend model='random'>/dev/urandom</backend>\n    </rng>\n"
  [ "$t_watchdog" = no ] || printf "    <watchdog model='itco' action='reset'/>\n"
  if [ "$t_vsock" = yes ] && [ "$session" = no ]; then
    printf "    <vsock model='virtio'>\n      <cid auto='yes'/>\n    </vsock>\n"
  fi
  if [ "$t_iommu" = yes ]; then
    printf "    <iommu model='intel'>\n      <driver intremap='on' caching_mode='on' iotlb='on'/>\n    </iommu>\n"
  fi
  if [ -n "$gpus$pcis" ]; then
    # All memory of a guest with a device is in use from the start: there is nothing to give back.
    printf "    <memballoon model='none'/>\n"
  else
    # Memory that the guest freed goes back to the host by itself.
    printf "    <memballoon model='virtio' autodeflate='on' freePageReporting='on'/>\n"
  fi
}
