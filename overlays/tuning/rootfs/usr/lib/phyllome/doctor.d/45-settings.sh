# Values that this system's files ask for: sysctl.d, tmpfiles.d and modprobe.d, as far as they are ours, against /proc/sys
# and /sys. What another file of a later name sets is the administrator's choice and is named.

unlike='' unknown='' alike=0
tab=$(printf '\t')

tab='	'
compare_value() { # compare_value NAME IS WANTED
  is=$2
  # The kernel writes several numbers with tabs between them.
  while :; do
    case "$is" in *"$tab"*) is="${is%%"$tab"*} ${is#*"$tab"}" ;; *) break ;; esac
  done
  # A choice of several is shown as `always [madvise] never`.
  case "$is" in *'['*']'*)
    is=${is#*[}
    is=${is%%]*}
    ;;
  esac
  # Several numbers stand with tabs between them.
  while :; do
    case "$is" in *"$tab"*) is="${is%%"$tab"*} ${is#*"$tab"}" ;; *) break ;; esac
  done
  case "$is:$3" in
    "$3:$3" | Y:1 | N:0 | 1:Y | 0:N) alike=$((alike + 1)) ;;
    *) unlike="$unlike${unlike:+, }$1 is $is, not $3" ;;
  esac
}

compare_setting() { # compare_setting NAME FILE WANTED
  if first_line "$2"; then compare_value "$1" "$line" "$3"; else unknown="$unknown${unknown:+, }$1"; fi
}

# Files below /proc/sys give all they have to the first read and nothing to the next; the shell reads letter by letter.
wanted=''
set --
for path in "$root"/usr/lib/sysctl.d/*-phyllome-*.conf; do
  [ -r "$path" ] || continue
  while IFS='= ' read -r key value; do
    case "$key" in
      # Patterns name cards; what the kernel may lack is no promise.
      '' | '#'* | -* | *'*'*) continue ;;
    esac
    rest=$key file=/proc/sys
    while [ -n "$rest" ]; do
      file=$file/${rest%%.*}
      case "$rest" in *.*) rest=${rest#*.} ;; *) rest= ;; esac
    done
    if [ -r "$root$file" ]; then
      set -- "$@" "$root$file"
      wanted="$wanted$key $value$newline"
    else
      unknown="$unknown${unknown:+, }$key"
    fi
  done < "$path"
done
if [ $# -gt 0 ]; then
  values=$(cat "$@")
  while read -r key value; do
    [ -n "$key" ] || continue
    is=${values%%"$newline"*}
    values=${values#*"$newline"}
    wanted=${wanted#*"$newline"}
    # Of two files the later one counts: a stricter mode says more than the component below it.
    case "$newline$wanted" in *"$newline$key "*) continue ;; esac
    compare_value "$key" "$is" "$value"
  done << END
$wanted
END
fi

for path in "$root"/usr/lib/tmpfiles.d/*-phyllome-*.conf; do
  [ -r "$path" ] || continue
  while read -r kind file _ _ _ _ value; do
    # Patterns name what not every machine has.
    case "$kind:$file" in w:*'*'* | '#'*) continue ;; w:*) compare_setting "$file" "$file" "$value" ;; esac
  done < "$path"
done

for path in "$root"/usr/lib/modprobe.d/*-phyllome-*.conf "$root"/etc/modprobe.d/*-phyllome-*.conf; do
  [ -r "$path" ] || continue
  while read -r word module rest; do
    { [ "$word" = options ] && [ -d "$root/sys/module/$module" ]; } || continue
    for option in $rest; do
      # Some lists are not shown as they were given.
      case "$option" in ids=*) continue ;; esac
      compare_setting "$module.${option%%=*}" "/sys/module/$module/parameters/${option%%=*}" "${option#*=}"
    done
  done < "$path"
done

if [ -n "$unknown" ]; then
  fail settings "this kernel does not have: $unknown" 'the image asks for what its kernel cannot do: report it'
elif [ -n "$unlike" ]; then
  warn settings "$unlike" 'something sets it otherwise: look in /etc/sysctl.d, /etc/modprobe.d and /proc/cmdline'
elif [ "$alike" = 0 ]; then
  skip settings "this system's files set nothing that could be compared"
else
  ok settings "$alike settings are as this system's files say"
fi
