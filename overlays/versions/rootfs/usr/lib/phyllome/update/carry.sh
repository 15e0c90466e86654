# Takes what a system has changed in its own files into another version of it, file by file. Sourced, with `set -eu`.
# Names may hold anything but a line break; those with one are left out.

carried='etc var root opt srv usr/local'

# Of each version alone: what is installed, what starts it, and what is made from other files.
is_own() {
  case $1 in
    etc/kernel/entry-token | etc/ld.so.cache | etc/mtab | etc/.updated | var/.updated) return 0 ;;
    var/lib/dpkg | var/lib/dpkg/* | var/lib/apt | var/lib/apt/* | var/cache | var/cache/* | var/tmp | var/tmp/*) return 0 ;;
    var/lib/systemd/deb-systemd-*) return 0 ;;
  esac
  return 1
}

# Lists of accounts: both sides add lines, so that they are merged by their first field.
is_accounts() {
  case $1 in etc/passwd | etc/shadow | etc/group | etc/gshadow | etc/subuid | etc/subgid) return 0 ;; esac
  return 1
}

# is_same A B: kind, owner, mode and content. Of directories and links as well; neither there is the same, too.
is_same() {
  if [ ! -e "$1" ] && [ ! -L "$1" ]; then
    [ ! -e "$2" ] && [ ! -L "$2" ]
    return
  fi
  [ -e "$2" ] || [ -L "$2" ] || return 1
  [ "$(stat -c '%f %u %g' "$1")" = "$(stat -c '%f %u %g' "$2")" ] || return 1
  if [ -L "$1" ]; then [ "$(readlink "$1")" = "$(readlink "$2")" ]; return; fi
  if [ -f "$1" ]; then cmp -s "$1" "$2"; return; fi
  return 0
}

# put FROM TO: whole or not at all.
put() {
  if [ -d "$1" ] && [ ! -L "$1" ]; then
    [ -d "$2" ] && [ ! -L "$2" ] || { rm -f "$2"; mkdir "$2"; }
    chown --reference="$1" "$2"
    chmod --reference="$1" "$2"
    return
  fi
  # A file in place of a directory: what is in the directory has its own turn, and stays where it is not empty.
  [ ! -d "$2" ] || [ -L "$2" ] || rmdir "$2" 2> /dev/null || return 1
  mkdir -p "$(dirname "$2")"
  cp -a --reflink=auto --no-target-directory "$1" "$2.phyllome-new"
  mv -fT "$2.phyllome-new" "$2"
}

# merge_accounts LIVE BASE TO: in TO, the lines that LIVE has added, changed or taken away since BASE.
merge_accounts() {
  awk -F: -v live="$1" -v base="$2" '
    BEGIN {
      while ((getline line < base) > 0) { split(line, part, ":"); before[part[1]] = line }
      while ((getline line < live) > 0) { split(line, part, ":"); now[part[1]] = line; order[++count] = part[1] }
    }
    { here[$1] = 1
      if (!($1 in now) && ($1 in before)) next
      if (($1 in now) && now[$1] != before[$1]) print now[$1]; else print }
    END { for (i = 1; i <= count; i++) if (!(order[i] in here) && !(order[i] in before)) print now[order[i]] }
  ' "$3" > "$3.phyllome-new"
  chown --reference="$1" "$3.phyllome-new"
  chmod --reference="$1" "$3.phyllome-new"
  mv -f "$3.phyllome-new" "$3"
}

# list_below ROOT: time of change, size and name of all below the carried directories, on ROOT's own file system, a line each.
list_below() {
  (
    cd "$1"
    for top in $carried; do
      [ ! -d "$top" ] || find "$top" -xdev \( -type f -o -type d -o -type l \) ! -path "*$line_break*" -printf '%C@ %s %p\n'
    done
  ) | LC_ALL=C sort
}
line_break='
'

# carry LIVE BASE TO: LIVE's changes since BASE, a snapshot of it, go into TO. Prints a line for each file that both sides have
# changed, and for each that could not be taken over.
carry() {
  live=$1 base=$2 to=$3
  lists=$(mktemp -d -p "${run:-/tmp}")
  list_below "$live" > "$lists/live"
  list_below "$base" > "$lists/base"
  # Whatever is done to a file, its time of change is another one then, and the snapshot has the old one: no clock has to be right.
  LC_ALL=C comm -23 "$lists/live" "$lists/base" | cut -d ' ' -f 3- | LC_ALL=C sort > "$lists/maybe"
  for side in live base; do cut -d ' ' -f 3- "$lists/$side" | LC_ALL=C sort > "$lists/$side.names"; done
  LC_ALL=C comm -13 "$lists/live.names" "$lists/base.names" | LC_ALL=C sort -r > "$lists/gone"
  while IFS= read -r name; do
    ! is_own "$name" || continue
    ! is_same "$live/$name" "$base/$name" || continue
    ! is_same "$live/$name" "$to/$name" || continue
    if is_accounts "$name" && [ -f "$base/$name" ] && [ -f "$to/$name" ]; then
      merge_accounts "$live/$name" "$base/$name" "$to/$name"
      continue
    fi
    if ! is_same "$to/$name" "$base/$name" && [ -f "$to/$name" ] && [ ! -L "$to/$name" ]; then
      cp -a --reflink=auto "$to/$name" "$to/$name.phyllome-update"
      echo "$name"
    fi
    put "$live/$name" "$to/$name" || echo "$name"
  done < "$lists/maybe"
  while IFS= read -r name; do
    ! is_own "$name" || continue
    [ -e "$to/$name" ] || [ -L "$to/$name" ] || continue
    # What the update has changed is there for a reason.
    if [ -d "$to/$name" ] && [ ! -L "$to/$name" ]; then
      rmdir "$to/$name" 2> /dev/null || :
    elif is_same "$to/$name" "$base/$name"; then
      rm -f "$to/$name"
    else
      echo "$name"
    fi
  done < "$lists/gone"
  rm -r "$lists"
}
