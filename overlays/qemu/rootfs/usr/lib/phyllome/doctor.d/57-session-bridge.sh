# Bridges that users may attach guests of their own to, without asking libvirt: it does not start their network for them.
if [ -r "$root/etc/qemu/bridge.conf" ]; then
  bridges='' missing=''
  while read -r word bridge _; do
    [ "$word" = allow ] && [ "$bridge" != all ] || continue
    if [ -e "$root/sys/class/net/$bridge" ]; then
      bridges="$bridges${bridges:+, }$bridge"
    else
      missing="$missing${missing:+, }$bridge"
    fi
  done < "$root/etc/qemu/bridge.conf"
  if [ -n "$missing" ]; then
    warn session-bridge "users may attach guests of their own to $missing, which is not there" \
      'start its network, such as: virsh net-start default; phyllome-guests-at-boot.service does so at boot'
  elif [ -n "$bridges" ]; then
    ok session-bridge "users may attach guests of their own to $bridges"
  fi
fi
