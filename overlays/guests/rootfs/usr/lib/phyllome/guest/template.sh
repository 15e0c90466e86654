# Templates: `key=value` lines, read and never run. Those of /etc come first.
places="$root/etc/phyllome/guests ${PHYLLOME_GUEST_TEMPLATES:-$root/usr/share/phyllome/guests}"

t_title='' t_osinfo='' t_firmware=uefi t_tpm=no t_clock=utc t_hyperv='' t_disk=virtio t_network=virtio t_video=virtio
t_memory=2048 t_cpus=2 t_size=20G t_drivers=no t_agent=no t_rng=no t_vsock=no t_watchdog=no t_iommu=no

read_template() { # read_template OS
  template=
  for place in $places; do
    [ -n "$template" ] || [ ! -r "$place/$1.conf" ] || template=$place/$1.conf
  done
  [ -n "$template" ] || unknown_os "$1"
  while IFS='=' read -r key value; do
    case "$key" in
      '' | '#'*) ;;
      title) t_title=$value ;;
      osinfo) t_osinfo=$value ;;
      firmware) t_firmware=$value ;;
      tpm) t_tpm=$value ;;
      clock) t_clock=$value ;;
      hyperv) t_hyperv=$value ;;
      disk) t_disk=$value ;;
      network) t_network=$value ;;
      video) t_video=$value ;;
      memory) t_memory=$value ;;
      cpus) t_cpus=$value ;;
      size) t_size=$value ;;
      drivers) t_drivers=$value ;;
      agent) t_agent=$value ;;
      rng) t_rng=$value ;;
      vsock) t_vsock=$value ;;
      watchdog) t_watchdog=$value ;;
      iommu) t_iommu=$value ;;
      *) complain "$template: unknown key $key" ;;
    esac
  done < "$template"
}

unknown_os() { # unknown_os OS: refuses it with what may be meant
  wanted=$(printf '%s' "$1" | tr 'A-Z ' 'a-z-')
  case "$wanted" in
    debian* | ubuntu* | mint* | fedora* | rhel* | centos* | rocky* | alma* | opensuse* | suse* | arch* | alpine* | gentoo* | nixos* | void*)
      refuse "--os $1: for every Linux there is one template: linux"
      ;;
    win1[01] | win7) wanted=windows-${wanted#win} ;;
    w1[01] | w7) wanted=windows-${wanted#w} ;;
    win*server* | server*20[0-9][0-9]* | win*20[0-9][0-9]* | win2k[0-9]*) wanted=windows-server ;;
    *bsd[0-9.-]*) wanted=${wanted%%[0-9.-]*} ;;
  esac
  known=
  for place in $places; do
    for template in "$place"/*.conf; do
      [ ! -r "$template" ] || known="$known $(basename "$template" .conf)"
    done
  done
  # shellcheck disable=SC2086  # names have no blanks
  nearest "$wanted" $known
  [ -z "$meant" ] || refuse "--os $1: did you mean $meant?"
  refuse "--os $1: there is no such template; phyllome-guest os lists them"
}

apply_choices() {
  check_size
  : "${memory:=$t_memory}" "${cpus:=$t_cpus}" "${disk:=$t_size}"
  check_processors
  check_memory
  [ -z "$tpm_choice" ] || t_tpm=$tpm_choice
  case "$secure_choice:$t_firmware" in
    :*) ;;
    yes:bios) refuse "--secure-boot yes: $os starts by BIOS, which has none" ;;
    yes:*) t_firmware=secure ;;
    no:secure) t_firmware=uefi ;;
  esac
  if [ "$t_drivers" = yes ] && [ -z "$drivers" ]; then
    for candidate in "$root"/usr/share/virtio-win/virtio-win.iso "$root"/var/lib/libvirt/isos/virtio-win*.iso; do
      [ ! -r "$candidate" ] || drivers=${candidate#"$root"}
    done
  fi
  # Windows sees no virtio disk before it has the driver.
  if [ "$t_drivers" = yes ] && [ -z "$drivers" ]; then
    note_later "no CD with virtio drivers: $os gets a slower disk and network card, which it knows; see --drivers"
    t_disk=sata t_network=e1000e t_agent=no
  fi
}

list_templates() {
  seen=
  for place in $places; do
    for template in "$place"/*.conf; do
      [ -r "$template" ] || continue
      entry=${template##*/}
      entry=${entry%.conf}
      case " $seen " in *" $entry "*) continue ;; esac
      seen="$seen $entry"
      title=
      while IFS='=' read -r key value; do
        [ "$key" != title ] || title=$value
      done < "$template"
      printf '%-16s %s\n' "$entry" "$title"
    done
  done
}
