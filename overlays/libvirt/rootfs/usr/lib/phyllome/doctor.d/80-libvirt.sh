# libvirt's socket, pools and default network. Files are read and libvirt is not asked: a question would start its daemon.

socket=
for candidate in virtqemud-sock libvirt-sock; do
  [ -n "$socket" ] || [ ! -e "$root/run/libvirt/$candidate" ] || socket=$candidate
done
if [ -n "$socket" ]; then
  ok libvirt "it listens at /run/libvirt/$socket"
else
  fail libvirt 'nothing listens for those who manage guests' \
    'systemctl start libvirtd.socket (Debian) or virtqemud.socket (Fedora)'
fi

# Defined objects are for root only: the files, and on some systems the directories that they are in.
closed() { # closed DIRECTORY FILE
  [ -e "$root$1" ] && { [ ! -x "$root$1" ] || { [ -e "$root$1/$2" ] && [ ! -r "$root$1/$2" ]; }; }
}

if closed /etc/libvirt/storage images.xml || closed /etc/libvirt/storage isos.xml; then
  skip pools 'only root may read where guests are kept'
else
  for pool in images isos; do
    file=/etc/libvirt/storage/$pool.xml
    if [ ! -e "$root$file" ]; then
      fail "pool:$pool" "the pool $pool is not defined" "virsh pool-define-as $pool dir --target /var/lib/libvirt/$pool"
    elif [ ! -L "$root/etc/libvirt/storage/autostart/$pool.xml" ]; then
      warn "pool:$pool" "the pool $pool does not start by itself" "virsh pool-autostart $pool"
    else
      place=
      while IFS= read -r line; do
        case "$line" in
          *'<path>'*)
            place=${line#*<path>}
            place=${place%%</path>*}
            ;;
        esac
      done < "$root$file"
      if [ -d "$root$place" ]; then
        ok "pool:$pool" "$place"
      else
        fail "pool:$pool" "the pool $pool is to be in $place, which is missing" "mkdir -m 0711 -p $place"
      fi
    fi
  done

fi

if closed /etc/libvirt/qemu networks || closed /etc/libvirt/qemu/networks default.xml; then
  skip network 'only root may read what networks there are'
else
  definition=/etc/libvirt/qemu/networks/default.xml
  if [ ! -e "$root$definition" ]; then
    warn network 'the network "default" is not defined' 'guests reach the network over a bridge, or not at all'
  else
    bridge='' address=''
    while IFS= read -r line; do
      case "$line" in
        *'<bridge '*)
          bridge=${line#*name=[\'\"]}
          bridge=${bridge%%[\'\"]*}
          ;;
        *'<ip '*)
          address=${line#*address=[\'\"]}
          address=${address%%[\'\"]*}
          ;;
      esac
    done < "$root$definition"
    # Routes are in hexadecimal, the last byte first; the network is a /24.
    subnet=${address%.*} clash='' bytes=$address
    if [ -n "$address" ] && [ -r "$root/proc/net/route" ]; then
      IFS=. read -r a b c _ << END
$bytes
END
      wanted=$(printf '00%02X%02X%02X' "$c" "$b" "$a")
      while read -r interface destination _; do
        [ "$destination" != "$wanted" ] || [ "$interface" = "$bridge" ] || clash=$interface
      done < "$root/proc/net/route"
    fi
    if [ -n "$clash" ]; then
      fail network "the network \"default\" has the addresses of $clash ($subnet.0/24) and cannot start" \
        'virsh net-edit default: take other addresses, such as 192.168.124; or the component nat-network-nested'
    elif [ ! -L "$root/etc/libvirt/qemu/networks/autostart/default.xml" ]; then
      warn network 'the network "default" does not start by itself' 'virsh net-autostart default'
    else
      ok network "\"default\" is $subnet.0/24 on $bridge"
    fi
  fi
fi

# Marks for autostart mean something only where something starts libvirt's daemon at boot.
if closed /etc/libvirt qemu || closed /etc/libvirt/qemu autostart; then
  skip guests-at-boot 'only root may read which guests start with the host'
else
  marked='' lost='' starter=''
  for link in "$root"/etc/libvirt/qemu/autostart/*.xml; do
    [ -L "$link" ] || [ -e "$link" ] || continue
    guest=${link##*/}
    guest=${guest%.xml}
    if [ -e "$root/etc/libvirt/qemu/$guest.xml" ]; then marked="$marked${marked:+, }$guest"; else lost="$lost${lost:+, }$guest"; fi
  done
  for unit in phyllome-guests-at-boot libvirtd virtqemud; do
    [ ! -L "$root/etc/systemd/system/multi-user.target.wants/$unit.service" ] || starter=$unit.service
  done
  if [ -n "$lost" ]; then
    warn guests-at-boot "marked to start with the host, and not defined: $lost" "virsh list --all; rm /etc/libvirt/qemu/autostart/${lost%%,*}.xml"
  elif [ -n "$marked" ] && [ -z "$starter" ]; then
    warn guests-at-boot "marked to start with the host, and nothing starts libvirt at boot: $marked" \
      'systemctl enable phyllome-guests-at-boot'
  elif [ -n "$marked" ]; then
    ok guests-at-boot "$starter starts with the host: $marked"
  else
    ok guests-at-boot 'no guest is marked to start with the host'
  fi
fi
