# Whether guests on the bridges of this host are on a cable.
wired='' unplugged='' loose='' bridge=''
for card in "$root"/sys/class/net/*; do
  [ -e "$card/device" ] || continue
  if [ -e "$card/wireless" ] || [ -e "$card/phy80211" ] || [ -e "$card/brport" ] || [ -e "$card/master" ]; then continue; fi
  first_line "/sys/class/net/${card##*/}/carrier" && [ "$line" = 1 ] && wired="$wired${wired:+, }${card##*/}"
done
for file in "$root"/usr/lib/systemd/network/20-phyllome-*.netdev; do
  [ -r "$file" ] || continue
  bridge='' kind=''
  while IFS='=' read -r key value; do
    case "$key" in Name) bridge=$value ;; Kind) kind=$value ;; esac
  done < "$file"
  [ "$kind" = bridge ] || continue
  ports='' plugged=no
  for port in "$root/sys/class/net/$bridge/brif"/*; do
    port=${port##*/}
    case "$port" in '*' | vnet* | tap*) continue ;; esac
    ports="$ports${ports:+ }$port"
    ! first_line "/sys/class/net/$port/carrier" || [ "$line" != 1 ] || plugged=yes
  done
  if [ -z "$ports" ]; then
    loose="$loose${loose:+, }$bridge"
  elif [ "$plugged" = no ]; then
    unplugged="$unplugged${unplugged:+, }$bridge ($ports)"
  fi
done
if [ -n "$loose" ]; then
  warn bridges "no card is a port of $loose: guests there reach nobody outside" \
    "say which cards are, in the option \`cards\` or \`bridges\` of the component network-bridge; see: networkctl"
elif [ -n "$unplugged" ]; then
  warn bridges "no cable on $unplugged${wired:+, and one in $wired}" \
    'plug it in, or say which cards are ports: option `cards` of the component network-bridge'
elif [ -n "$bridge" ]; then
  ok bridges 'each bridge has a card with a cable'
fi
