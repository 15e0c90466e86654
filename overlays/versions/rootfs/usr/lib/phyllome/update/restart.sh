# The restart that a prepared version waits for: when, what becomes of guests, and who still uses files that were replaced. Sourced
# by phyllome-update.
#
# /etc/phyllome/update-window  one line, `02:00-05:00` or `Sat,Sun 22:00-04:00`: when the host may restart
# /etc/phyllome/update-guests  a line for each guest, `shutdown NAME`, `save NAME` or `keep NAME`, `*` for all others; in this order
#                              they come back, and in the other they are stopped. While one runs that is kept, there is no restart

window_file=${PHYLLOME_ROOT-}/etc/phyllome/update-window
policy_file=${PHYLLOME_ROOT-}/etc/phyllome/update-guests
# Beside the guests' own things, which all versions share. Read by phyllome-version-guests.service.
guests_back=${PHYLLOME_ROOT-}/var/lib/libvirt/phyllome-guests-back
# So long a guest may take to shut down.
guest_seconds=300

guests_that_run() { ! command -v virsh > /dev/null || virsh --quiet list --name 2> /dev/null | sed '/^$/d'; }

minutes_of() { # minutes_of HH:MM
  hours=${1%:*} minutes=${1#*:}
  echo $((${hours#0} * 60 + ${minutes#0}))
}

# in_window: now is in the window. $window is its line, $window_days and $window_start its parts.
in_window() {
  printf '%s\n' "$window" | grep -qxE '((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(,(Mon|Tue|Wed|Thu|Fri|Sat|Sun))* )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]' ||
    stop "/etc/phyllome/update-window: $window is no window" 'It is one line such as 02:00-05:00, or Sat,Sun 22:00-04:00.'
  window_days=
  case $window in *' '*) window_days=${window% *} ;; esac
  hours=${window##* }
  window_start=${hours%-*}
  from=$(minutes_of "$window_start") to=$(minutes_of "${hours#*-}") now=$(minutes_of "$(date +%H:%M)") day=$(date +%a)
  if [ "$from" -lt "$to" ]; then
    [ "$now" -ge "$from" ] && [ "$now" -lt "$to" ] || return 1
  elif [ "$now" -lt "$to" ]; then
    # Behind midnight it is still the window of the day before.
    day=$(date --date=yesterday +%a)
  else
    [ "$now" -ge "$from" ] || return 1
  fi
  case ",${window_days:-$day}," in *",$day,"*) return 0 ;; *) return 1 ;; esac
}

# policy_of NAME: shutdown, save or keep.
policy_of() {
  found=
  if [ -f "$policy_file" ]; then
    while read -r action guest; do
      case $action in
        '' | '#'*) continue ;;
        shutdown | save | keep) ;;
        *) stop "/etc/phyllome/update-guests: there is no $action" 'A line is shutdown, save or keep, and the name of a guest, or *.' ;;
      esac
      if [ "$guest" = "$1" ] || { [ "$guest" = '*' ] && [ -z "$found" ]; }; then found=$action; fi
      [ "$guest" != "$1" ] || break
    done < "$policy_file"
  fi
  echo "${found:-$guests_default}"
}

# guests_in_order: those that run, in the order of the file, then the others.
guests_in_order() {
  [ ! -f "$policy_file" ] || while read -r action guest; do
    case $action in '' | '#'*) ;; *) ! printf '%s\n' "$running" | grep -qxF "$guest" || printf '%s\n' "$guest" ;; esac
  done < "$policy_file"
  printf '%s\n' "$running" | while IFS= read -r guest; do
    [ -f "$policy_file" ] && sed -E 's/^ *[a-z]+ +//' "$policy_file" | grep -qxF "$guest" || printf '%s\n' "$guest"
  done
}

# refuse_kept_guests: before anything is touched.
refuse_kept_guests() {
  running=$(guests_that_run)
  [ -n "$running" ] || return 0
  kept=
  while IFS= read -r guest; do
    action=$(policy_of "$guest")
    [ "$action" != keep ] || kept="$kept${kept:+, }$guest"
  done << END
$running
END
  [ -z "$kept" ] || stop "guests run that are kept: $kept" \
    'Shut them down first, or say what becomes of guests: --guests shutdown, --guests save, or /etc/phyllome/update-guests.'
}

# stop_guest NAME ACTION
stop_guest() {
  if [ "$2" = save ]; then
    virsh --quiet managedsave "$1" > /dev/null
    return
  fi
  virsh --quiet shutdown "$1" > /dev/null || return 1
  left=$guest_seconds
  while [ "$(virsh --quiet domstate "$1" 2> /dev/null | head -n 1)" != 'shut off' ]; do
    [ "$left" -gt 0 ] || return 1
    sleep 2
    left=$((left - 2))
  done
}

# bring_back: the guests of the list, in its order; those that do not start stay in it, for the next start.
bring_back() {
  missing=
  while IFS= read -r one; do
    [ -n "$one" ] || continue
    case $(virsh --quiet domstate "$one" 2> /dev/null | head -n 1) in running) continue ;; esac
    virsh --quiet start "$one" > /dev/null || missing="$missing$one
"
  done < "$guests_back"
  rm -f "$guests_back"
  [ -n "$missing" ] || return 0
  printf '%s' "$missing" > "$guests_back"
  stop "guests that ran before the restart did not start again: $(printf '%s' "$missing" | tr '\n' ' ')" \
    'virsh start NAME tells why; the next start tries them once more.'
}

# stop_guests: all that run, as the policy says, the last of the order first; they are noted before the first one stops.
stop_guests() {
  running=$(guests_that_run)
  [ -n "$running" ] || return 0
  guests_in_order > "$guests_back.new"
  sync "$guests_back.new"
  mv -f "$guests_back.new" "$guests_back"
  tac "$guests_back" > "$run/guests-to-stop"
  while IFS= read -r guest; do
    action=$(policy_of "$guest")
    say "guest $guest: $action"
    stop_guest "$guest" "$action" < /dev/null || {
      bring_back < /dev/null
      stop "guest $guest could not be stopped ($action): no restart" 'The guests that were stopped run again. What it says is above, or on its console.'
    }
  done < "$run/guests-to-stop"
  rm -f "$run/guests-to-stop"
}

# Who runs with files that were replaced since, a line each: program, process, service, files.
old_files_in_use() {
  for maps in "${PHYLLOME_ROOT-}"/proc/[0-9]*/maps; do
    files=$(sed -nE 's,^[^ ]+ ..x. [^/]* (/(usr|opt|lib|lib64|bin|sbin)/.*) \(deleted\)$,\1,p' "$maps" 2> /dev/null | sed 's,.*/,,' | sort -u | tr '\n' ' ')
    [ -n "$files" ] || continue
    process=${maps%/maps}
    name=$(cat "$process/comm" 2> /dev/null) || continue
    unit=$(sed -nE 's,^0::.*/([^/]+\.(service|scope)).*$,\1,p' "$process/cgroup" 2> /dev/null)
    echo "$name (${process##*/}${unit:+, $unit}): ${files% }"
  done
}

tell_old_files() {
  old=$(old_files_in_use)
  [ -z "$old" ] || {
    echo 'these still run with files that were replaced; restarting their services is enough, the host need not:'
    printf '%s\n' "$old" | sed 's/^/  /'
  }
}

# restart [--guests ACTION] [--now | --in-window]
restart() {
  guests_default=keep when=
  while [ "$#" -gt 0 ]; do
    case $1 in
      --guests)
        case ${2-} in shutdown | save | keep) ;; *) wrong_use '--guests wants shutdown, save or keep' ;; esac
        guests_default=$2
        shift
        ;;
      --now | --in-window) when=$1 ;;
      *) wrong_use "restart has no $1" ;;
    esac
    shift
  done
  if [ -z "$(in_state prepared)" ] && [ -z "$(told "$current" back-to)" ]; then
    tell_old_files
    [ "$when" = --now ] || stop 'no version waits for a restart' 'Restart anyway: phyllome-update restart --now'
  fi
  window=$(cat "$window_file" 2> /dev/null) || window=
  [ "$when" != --in-window ] || [ -n "$window" ] || stop 'there is no window' 'Write one into /etc/phyllome/update-window: 02:00-05:00'
  if [ -n "$window" ] && [ "$when" != --now ] && ! in_window; then
    [ "$when" = --in-window ] || stop "now is not in the window $window" 'Say --in-window to have it restart then, or --now.'
    systemctl --quiet stop phyllome-update-restart.timer 2> /dev/null || :
    systemd-run --quiet --unit=phyllome-update-restart --on-calendar="${window_days:+$window_days }*-*-* $window_start:00" \
      --property=Type=oneshot /usr/bin/phyllome-update restart --guests "$guests_default"
    say "the host restarts in the window $window; not any more: systemctl stop phyllome-update-restart.timer"
    return
  fi
  refuse_kept_guests
  stop_guests
  say 'restarting'
  systemctl reboot
}
