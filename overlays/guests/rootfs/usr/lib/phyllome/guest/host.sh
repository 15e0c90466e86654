# What this host's libvirt and QEMU can do: what a template wishes and the host has not is left out.
hyperv_known='' graphics=vnc video_known='' virt_type=kvm uri=qemu:///system

virsh_() { virsh --quiet --connect "$uri" "$@"; }

look_at_host() {
  [ "$session" = no ] || uri=qemu:///session
  if [ "$emulate" = yes ]; then
    virt_type=qemu
  elif [ "$dry_run" = no ] && [ ! -e "$root/dev/kvm" ]; then
    complain 'there is no /dev/kvm: see phyllome-doctor, or use --emulate'
  elif [ "$dry_run$session" = noyes ] && [ ! -w "$root/dev/kvm" ]; then
    complain 'you may not use /dev/kvm: ask an administrator for the group kvm (usermod --append --groups kvm NAME), or use --emulate'
  fi
  capabilities=$(virsh_ domcapabilities --virttype "$virt_type" --arch x86_64 --machine q35 2> /dev/null) || capabilities=
  section='' enum='' most=''
  while IFS= read -r line; do
    case "$line" in
      *'<graphics '* | *'<video '* | *'<hyperv '*)
        section=${line#*<}
        section=${section%% *}
        ;;
      *'</graphics>'* | *'</video>'* | *'</hyperv>'*) section= ;;
      *"<vcpu max='"*)
        most=${line#*max=\'}
        most=${most%%\'*}
        ;;
      *"<enum name='"*)
        enum=${line#*\'}
        enum=${enum%%\'*}
        ;;
      *'<value>'*)
        value=${line#*<value>}
        value=${value%%</value>*}
        case "$section:$enum:$value" in
          graphics:type:spice) graphics=spice ;;
          video:modelType:*) video_known="$video_known $value " ;;
          hyperv:features:*) hyperv_known="$hyperv_known $value " ;;
        esac
        ;;
    esac
  done << END
$capabilities
END
  [ -z "$most" ] || [ "$cpus" -le "$most" ] || refuse "--cpus $cpus: QEMU gives a guest at most $most here"
  # Asked of a host that does not answer: what QEMU and libvirt have had since 2019.
  if [ -z "$hyperv_known" ]; then
    hyperv_known=' relaxed vapic spinlocks vpindex runtime synic stimer frequencies tlbflush ipi '
  fi
  case "$video_known" in
    '' | *" $t_video "*) ;;
    *) t_video=vga ;;
  esac
}

# Whether files in a directory can be read past the host's page cache, which guests have themselves.
direct_io() {
  case "$(stat --file-system --format=%T "$root$1" 2> /dev/null)" in
    ext* | xfs) return 0 ;;
    *) return 1 ;;
  esac
}

# A guest that is started needs its networks: without one it would be defined, and not start.
networks_must_be_there() {
  while read -r network; do
    case "$network" in
      '' | none) ;;
      bridge=*)
        [ -e "$root/sys/class/net/${network#bridge=}" ] ||
          complain "--network $network: this host has no such bridge; ip -brief link show type bridge lists them"
        ;;
      *)
        told=$(LC_ALL=C virsh_ net-info "$network" 2> /dev/null) ||
          complain "--network $network: libvirt has no such network; virsh net-list --all lists them"
        case "$told" in
          *Active:*no*Persistent:*) complain "--network $network: it does not run; virsh net-start $network starts it" ;;
        esac
        ;;
    esac
  done << END
$networks
END
}
