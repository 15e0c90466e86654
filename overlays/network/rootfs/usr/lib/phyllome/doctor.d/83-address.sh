# Whether the one card with a fixed address is one: its option may be a pattern, and only the host knows what it fits.
for file in "$root"/usr/lib/systemd/network/80-phyllome-static.network; do
  [ -r "$file" ] || continue
  pattern='' address='' fitting='' all=''
  while IFS='=' read -r key value; do
    case "$key" in
      Name) pattern=$value ;;
      Address) [ -n "$address" ] || address=$value ;;
    esac
  done < "$file"
  entries /sys/class/net
  for card in $names; do
    [ "$card" = lo ] || all="$all${all:+, }$card"
    # shellcheck disable=SC2254 # a pattern, as for networkd
    case "$card" in $pattern) fitting="$fitting${fitting:+, }$card" ;; esac
  done
  case "$fitting" in
    '')
      fail address "no card is called $pattern, which is to have $address; there are: ${all:-none}" \
        'name one of them in the option `card` of the component network'
      ;;
    *,*)
      fail address "$pattern fits $fitting: each has $address, and one address on two cards does not work" \
        'name one of them in the option `card` of the component network'
      ;;
    *) ok address "$fitting has $address" ;;
  esac
done
