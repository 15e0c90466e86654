# The index of a channel: fetched, verified, and what of it is for this host. Sourced by phyllome-releases, with `set -eu`.

most_index_bytes=1048576
# So far may clocks be apart.
clock_seconds=86400

day_of() { date --utc --date="@$1" +%Y-%m-%dT%H:%MZ; }

# get FILE TO MOST [again]: a file of what is published, of at most that many bytes. `again`: goes on where it ended before.
get() {
  case $address in
    /*)
      [ -f "$address/$1" ] || stop "$address/$1 is not there" 'Is the directory mounted, and made by phyllome release?'
      [ "$(stat -Lc %s "$address/$1")" -le "$3" ] || stop "$address/$1 is larger than it may be: $3 bytes"
      cp --no-preserve=all "$address/$1" "$2" || stop "$address/$1 could not be copied" 'See above; is there room for it?'
      ;;
    *)
      [ -z "${4-}" ] || set -- "$1" "$2" "$3" --continue-at -
      from=$1 to=$2 most=$3
      shift 3
      curl --fail --silent --show-error --globoff --proto "=${address%%:*}" --max-filesize "$most" --connect-timeout 30 \
        --speed-limit 1 --speed-time 60 "$@" --output "$to" "$address/$from" ||
        stop "$address/$from could not be fetched" 'See above: is there a network, is the address right, is there room for it?'
      ;;
  esac
}

# signed_by_us FILE SIGNATURE: by one of the keys that this system trusts.
signed_by_us() {
  while IFS= read -r key; do
    ! minisign -Vqm "$1" -x "$2" -P "$key" > /dev/null 2>&1 || return 0
  done < "$place/keys"
  return 1
}

# The value of a line of the index's head that must be a number.
number_in_index() {
  value=$(sed -n "s/^$1 //p" "$work/index")
  case $value in '' | *[!0-9]*) stop "the index has no number behind '$1'" ;; esac
}

# fetch_index: into $work/index, where it can be believed; its time in $written.
fetch_index() {
  get "$channel.index" "$work/signed" "$most_index_bytes"
  # Four lines of minisign, then the text: one file is never half an old one.
  head -n 4 "$work/signed" > "$work/index.minisig" && tail -n +5 "$work/signed" > "$work/index" ||
    stop "$work has no room for the index" 'Is /tmp full?'
  signed_by_us "$work/index" "$work/index.minisig" ||
    stop "$address/$channel.index is not signed by a key that this system trusts, or was changed" \
      "Nothing of it was taken. The keys are in $place/keys."
  case $(head -n 1 "$work/index") in
    'phyllome-releases 1') ;;
    *) stop "$address/$channel.index is of a kind that this system does not know: $(head -n 1 "$work/index")" ;;
  esac
  said=$(sed -n 's/^channel //p' "$work/index")
  [ "$said" = "$channel" ] || stop "$address/$channel.index is the index of the channel $said"
  number_in_index written
  written=$value
  number_in_index expires
  now=$(date +%s)
  [ "$now" -ge $((written - clock_seconds)) ] ||
    stop "this host's clock is wrong: it says $(day_of "$now"), and the index was written on $(day_of "$written")" \
      'With a wrong clock an index that was held back would not be noticed. Look at: timedatectl'
  [ "$now" -lt "$value" ] ||
    stop "the index expired on $(day_of "$value"): somebody holds newer ones back, or nobody has renewed it" \
      "This host's clock says $(day_of "$now"). Whoever publishes renews it by: phyllome release DIRECTORY"
  seen=$(cat "$state/seen-$channel" 2> /dev/null) || seen=0
  case $seen in '' | *[!0-9]*) seen=0 ;; esac
  [ "$written" -ge "$seen" ] ||
    stop "the index of $(day_of "$written") is older than one that this host has seen, of $(day_of "$seen")" \
      'An old one was put in its place. If the older one is meant, whoever publishes renews it: phyllome release DIRECTORY'
}

is_newer() { # is_newer VERSION THAN
  [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$1" ]
}

# has_part_in NAME PERCENT: whether this host belongs to that share of hosts. The same for a release and a host for ever, so that who
# is in stays in while the share grows; another release begins with other hosts.
has_part_in() {
  read -r machine < "${PHYLLOME_ROOT-}/etc/machine-id" || stop '/etc/machine-id is missing or empty' 'Say: systemd-machine-id-setup'
  digits=$(printf '%s %s' "$1" "$machine" | sha256sum | cut -c 1-7)
  [ $((0x$digits % 10000)) -lt $(($2 * 100)) ]
}

# What the index has for this host: $offered (a version, or nothing), with $sums and $bytes; $withdrawn, why what runs was, or nothing;
# $last, the newest version that others may have.
judge_index() {
  offered='' sums='' bytes='' withdrawn='' last='' pinned_withdrawn=''
  while read -r kind product first second third fourth; do
    [ "$product" = "$own_product" ] || continue
    case $kind in
      withdrawn)
        [ "$first" != "$own_version" ] || withdrawn="${second:-}${third:+ $third}${fourth:+ $fourth}"
        [ "$first" != "$pinned" ] || pinned_withdrawn=yes
        ;;
      release)
        [ -n "$last" ] && is_newer "$last" "$first" || last=$first
        if [ -n "$pinned" ]; then
          [ "$first" = "$pinned" ] || continue
        else
          { [ -z "$offered" ] || is_newer "$first" "$offered"; } && has_part_in "$product-$first" "$second" || continue
        fi
        offered=$first sums=$third bytes=$fourth
        ;;
    esac
  done < "$work/index"
  [ -z "$pinned_withdrawn" ] || stop "release $pinned, which is pinned, was withdrawn" 'Say: phyllome-releases unpin'
  [ -z "$pinned" ] || [ -n "$offered" ] || stop "release $pinned, which is pinned, is not in the channel $channel" \
    "The newest there is ${last:-none}. Say: phyllome-releases unpin"
  # Nobody is led back by an index; whoever wants to go back pins.
  [ -n "$pinned" ] || [ -z "$offered" ] || is_newer "$offered" "${own_version:-0}" || offered=''
  [ "$offered" != "$own_version" ] || offered=''
}
