# The volume with all versions, and what is known of them. Sourced by phyllome-update and phyllome-version, with `set -eu`.
#
# On the volume: system-N, the root of version N; system-N.base, what it was before its update; system-N.start, what it was when
# it was first started; .phyllome/N/, a file for each thing that is known of it:
#   state     making | prepared | trial | kept | given-up | left
#   from      the version that it was made of, or that is gone back from
#   offer     what the repositories offered, as a sum: the same is not tried twice
#   changes   the packages that differ, a line each
#   wrong     what the doctor found wrong before, an id each
#   both      files that both the host and the update have changed
#   reason    why it was given up
#   kernel    the version of its kernel
# PHYLLOME_ROOT is for tests.

esp=${PHYLLOME_ROOT-}/boot/efi
entries=$esp/loader/entries
run=${PHYLLOME_ROOT-}/run/phyllome-update
# Older versions hold programs with the set-user-id bit, with holes that are mended since: nobody else gets there.
volume=$run/private/volume
known=$volume/.phyllome

# How the boot loader ends a try by itself: nobody is there to press a key.
trial_arguments='panic=10 systemd.crash_action=reboot rd.shell=0 rd.emergency=reboot rd.timeout=120 phyllome.trial'

say() { echo "phyllome-update: $*"; }
stop() { # stop WHAT [WHAT TO DO]: an expected end
  echo "phyllome-update: $1" >&2
  [ -z "${2-}" ] || echo "  $2" >&2
  exit 1
}

# The version that runs, in $current, and the device of the volume, in $device.
find_current() {
  device=$(findmnt -nvo SOURCE "${PHYLLOME_ROOT:-/}")
  current=$(findmnt -nvo FSROOT "${PHYLLOME_ROOT:-/}")
  case $current in
    /system-*[!0-9]* | /system-) current= ;;
    /system-*) current=${current#/system-} ;;
    *) current= ;;
  esac
  [ -n "$current" ] || stop 'the root of this system is no version of a volume of Btrfs' \
    'Only disks that were made with `layout: versions` have versions.'
}

# Mounts the volume for this program; one program at a time. With `wait` it waits for another one's end.
open_volume() {
  [ "$(id -u)" = 0 ] || stop 'this wants root' "Say: sudo phyllome-update ${command-}"
  find_current
  mkdir -p -m 755 "$run"
  mkdir -p -m 700 "$run/private"
  mkdir -p "$volume"
  exec 9> "$run/private/lock"
  if [ "${1-}" = wait ]; then flock 9; else
    flock --nonblock 9 || stop 'another phyllome-update is at work' 'Wait for its end.'
  fi
  ! mountpoint --quiet "$volume" || umount "$volume"
  mount -o subvolid=5 "$device" "$volume"
  trap close_volume EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir -p "$known/$current"
  [ -e "$known/$current/state" ] || note "$current" state kept
}

close_volume() { umount "$volume" 2> /dev/null || umount --lazy "$volume"; }

# note VERSION WHAT TEXT: whole or not at all, and on the disk.
note() {
  mkdir -p "$known/$1"
  printf '%s\n' "$3" > "$known/$1/$2.new"
  sync "$known/$1/$2.new"
  mv -f "$known/$1/$2.new" "$known/$1/$2"
}

told() { cat "$known/$1/$2" 2> /dev/null || :; }

history() { # history WHAT: one line, with the time
  printf '%s %s\n' "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" "$*" >> "$known/history"
}

# All versions, oldest first.
all_versions() {
  for place in "$volume"/system-*; do
    case ${place##*/system-} in *[!0-9]* | '') ;; *) echo "${place##*/system-}" ;; esac
  done | sort -n
}

in_state() { # in_state STATE: the versions, oldest first
  for version in $(all_versions); do
    [ "$(told "$version" state)" != "$1" ] || echo "$version"
  done
}

delete_subvolume() { [ ! -e "$1" ] || btrfs --quiet subvolume delete --recursive "$1" > /dev/null; }

# The files of a version's entries, with and without a counter in their names.
entries_of() {
  grep -lsE "^options .*rootflags=([^ ]*,)?subvol=system-$1([ ,]|\$)" "$entries"/*.conf || :
}

# Leaves nothing of a version, but its line in the history.
forget_version() {
  for entry in $(entries_of "$1"); do rm -f "$entry"; done
  for part in '' .base .start .carried; do delete_subvolume "$volume/system-$1$part"; done
  rm -rf "$known/$1"
  # Behind its notes: while they say that it is to be tried, its kernel stays.
  drop_kernels
  note_given_up
}

# What the doctor tells: an update that was given up, and none since.
note_given_up() {
  newest=$(in_state given-up | tail -n 1)
  if [ -n "$newest" ] && [ "$newest" -gt "$current" ]; then
    echo "the update to version $newest was given up: $(told "$newest" reason)" > "$run/given-up"
  else
    rm -f "$run/given-up"
  fi
}

# What an update, or taking it over, has left that was broken off.
drop_half_made() {
  for place in "$volume"/system-*.carried; do
    [ -e "$place" ] || continue
    # The moment between the two: it is whole, and the other is gone.
    if [ -e "${place%.carried}" ]; then delete_subvolume "$place"; else mv "$place" "${place%.carried}"; fi
  done
  for place in "$known"/*/; do
    version=$(basename "$place")
    [ "$(told "$version" state)" != making ] || forget_version "$version"
  done
}

# Directories of kernels that no entry names any more, and none will name. Where not all entries can be read, nobody knows.
drop_kernels() {
  for kernels in "$esp"/system-*/* "$esp"/phyllome/*; do
    [ -d "$kernels" ] || continue
    place=${kernels#"$esp"}
    owner=${place#/system-}
    case $(told "${owner%%/*}" state) in making | prepared) continue ;; esac
    grep -qF " $place/" "$entries"/*.conf || [ $? -gt 1 ] || rm -rf "$kernels"
  done
  rmdir "$esp"/system-* 2> /dev/null || :
}

# tell_later EVENT VERSION REASON: nobody can be reached yet, or any more.
tell_later() { printf '%s\n' "$*" >> "$known/events"; }

# call_hooks EVENT VERSION REASON: what the administrator wants to hear of.
call_hooks() {
  for hook in "${PHYLLOME_ROOT-}"/etc/phyllome/update.d/*; do
    [ -x "$hook" ] && [ -f "$hook" ] || continue
    timeout 60 "$hook" "$@" < /dev/null || say "$hook ended with $?"
  done
}

# first_to_start VERSION: its entries before all others in the menu; others that were first come behind.
first_to_start() {
  for entry in "$entries"/*.conf; do
    [ -f "$entry" ] || continue
    key=0
    printf '%s\n' $(entries_of "$1") | grep -qxF "$entry" || key=1
    # What kernel-install enters in between is in its own order.
    [ "$key" = 0 ] || grep -q '^sort-key 0$' "$entry" || continue
    replace_in "$entry" "s/^sort-key .*/sort-key $key/"
  done
}

replace_in() { # replace_in FILE SED-SCRIPT: whole or not at all
  sed -E "$2" "$1" > "$1.new"
  sync "$1.new"
  mv -f "$1.new" "$1"
}

# point_at ROOT N: what starts the version in that root names it.
point_at() {
  replace_in "$1/etc/fstab" "s/(^[^#].* \\/ .*subvol=)system-[0-9]+/\\1system-$2/"
  replace_in "$1/etc/kernel/cmdline" "s/(rootflags=([^ ]*,)?subvol=)system-[0-9]+/\\1system-$2/"
  printf 'system-%s\n' "$2" > "$1/etc/kernel/entry-token"
}

# What the doctor finds wrong, an id a line; in $wrong_words what is so, a line each.
ask_doctor() {
  wrong_words=$(phyllome-doctor --json | sed -nE 's/^ *\{"id": "([^"]*)", "status": "fail", "summary": "(.*)", "advice": .*/\1 \2/p') || :
  printf '%s\n' "$wrong_words" | cut -d ' ' -f 1
}
