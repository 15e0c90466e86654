# Whether the firewall knows the networks of libvirt that run, and what listens on this host that it lets nobody reach.

shut_guests='' shut_ports=''
if ! is_root; then
  skip firewall 'only root may read what the firewall lets in'
elif ! installed nft; then
  skip firewall 'there is no firewall'
elif ! rules=$(nft list table inet phyllome 2> /dev/null); then
  warn firewall 'the firewall is not loaded: everything that listens is reached from everywhere' 'systemctl start nftables'
else
  set_name='' guest_bridges='' open_bridges=''
  while IFS= read -r line; do
    case "$line:$set_name" in
      *'set guest_bridges {'*) set_name=guest ;;
      *'set open_bridges {'*) set_name=open ;;
      *'}':* | *chain*) case "$line" in *'"'*) ;; *) set_name='' ;; esac ;;
    esac
    case "$set_name" in
      guest) guest_bridges="$guest_bridges$line" ;;
      open) open_bridges="$open_bridges$line" ;;
    esac
  done << END
$rules
END

  # libvirt's own notes of networks that run. Where it forwards nothing, or leaves it to others, it answers no guest.
  for file in "$root"/run/libvirt/network/*.xml; do
    [ -r "$file" ] || continue
    network=${file##*/} bridge='' mode=''
    network=${network%.xml}
    while IFS= read -r line; do
      case "$line" in
        *'<bridge '*name=*)
          bridge=${line#*<bridge }
          bridge=${bridge#*name=[\'\"]}
          bridge=${bridge%%[\'\"]*}
          ;;
        *'<forward '*mode=*)
          mode=${line#*mode=[\'\"]}
          mode=${mode%%[\'\"]*}
          ;;
      esac
    done < "$file"
    case "$mode" in '' | nat | route | open) ;; *) continue ;; esac
    case "$guest_bridges" in *"\"$bridge\""*) ;; *) shut_guests="$shut_guests${shut_guests:+, }$network ($bridge)" ;; esac
    case "$mode" in nat | '') continue ;; esac
    case "$open_bridges$shut_guests" in *"\"$bridge\""* | *"($bridge)"*) ;; *) shut_guests="$shut_guests${shut_guests:+, }$network ($bridge, from outside)" ;; esac
  done

  # Sockets that listen (0A) on an address of other machines. Guests' DHCP and DNS are let in by network, SSH is by rule.
  for file in "$root/proc/net/tcp" "$root/proc/net/tcp6"; do
    [ -r "$file" ] || continue
    while read -r _ address _ state _; do
      [ "$state" = 0A ] || continue
      case "$address" in *7F:???? | 00000000000000000000000001000000:*) continue ;; esac
      port=$((0x${address##*:}))
      case "$port: $rules" in
        53:* | 22:*) continue ;;
        "$port:"*" dport $port "* | "$port:"*" dport {"*" $port"[\ ,]*) continue ;;
      esac
      has "$port" "$shut_ports" || shut_ports="$shut_ports${shut_ports:+ }$port"
    done < "$file"
  done

  if [ -n "$shut_guests" ]; then
    fail firewall "the firewall does not know networks that run, and shuts their guests out: $shut_guests" \
      'phyllome-guest-networks; and systemctl status phyllome-guest-networks.path'
  elif [ -n "$shut_ports" ]; then
    ok firewall "it lets in SSH and what guests ask their networks; what listens on these ports is reached by nobody: $shut_ports"
  else
    ok firewall 'it lets in SSH, and what guests ask their networks'
  fi
fi
