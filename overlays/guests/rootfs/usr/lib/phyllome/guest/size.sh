# How large a guest can be on this host: what QEMU or the kernel would refuse later, in their words.

# As many processors as are pinned, and whole pages: what the kernel would refuse later.
check_size() {
  if [ -n "$pins" ]; then
    count=$(printf '%s' "$pins" | grep -c .)
    [ -z "$cpus" ] || [ "$cpus" = "$count" ] || refuse "--cpus $cpus, and --pin has $count: one processor of the host for each"
    cpus=$count
  fi
  [ -n "$hugepages" ] || return 0
  page=2 kib=2048 mebi=${memory:-$t_memory}
  [ "$hugepages" = 2M ] || page=1024 kib=1048576
  [ $((mebi % page)) = 0 ] || refuse "--memory ${mebi}M: must be a multiple of $hugepages with --hugepages"
  place=$root/sys/kernel/mm/hugepages/hugepages-${kib}kB
  [ -d "$place" ] || refuse "--hugepages $hugepages: this host has no pages of that size"
  wanted=$((mebi / page))
  IFS= read -r free < "$place/free_hugepages"
  [ "$free" -ge "$wanted" ] || [ "$start" = no ] || [ "$dry_run" = yes ] ||
    refuse "--hugepages $hugepages: it takes $wanted pages and $free are free; the host sets them aside at boot (component tuning, hugePages)"
}

# More of a host's processors than it has is slow and works; QEMU's q35 counts to 255 without an IOMMU for more interrupts.
check_processors() {
  has=0
  for processor in "$root"/sys/devices/system/cpu/cpu[0-9]*; do
    [ ! -e "$processor" ] || has=$((has + 1))
  done
  host_has="this host has $has"
  [ "$has" -gt 0 ] || host_has='see nproc for what this host has'
  [ "$cpus" -le 255 ] || refuse "--cpus $cpus: a guest has at most 255 processors; $host_has"
  [ "$has" = 0 ] || [ "$cpus" -le "$has" ] ||
    note_later "--cpus $cpus: $host_has, so the guest's processors wait for each other"
}

# By the kernel's Documentation/mm/overcommit-accounting: more at once than memory and swap space together is refused, unless
# vm.overcommit_memory is 1. A device that is handed over may write anywhere, so all of such a guest stays in memory.
check_memory() {
  [ -r "$root/proc/meminfo" ] || return 0
  has='' swap=0
  while read -r key kib unit; do
    case "$key $unit" in
      'MemTotal: kB') has=$((kib / 1024)) ;;
      'SwapTotal: kB') swap=$((kib / 1024)) ;;
    esac
  done < "$root/proc/meminfo"
  [ -n "$has" ] && [ "$memory" -gt "$has" ] || return 0
  # Not by `read`: dash takes a byte at a time, and the kernel gives a setting in one piece or not at all.
  overcommit=$(cat "$root/proc/sys/vm/overcommit_memory" 2> /dev/null) || overcommit=0
  told="--memory ${memory}M: this host has ${has}M"
  if [ "$start" = yes ] && [ "$dry_run" = no ]; then
    [ -z "$gpus$pcis" ] || refuse "$told, and a guest with a device of the host must be in memory as a whole"
    [ "$memory" -le $((has + swap)) ] || [ "$overcommit" = 1 ] ||
      refuse "$told, and ${swap}M of swap space; the kernel gives nobody more than that"
  fi
  note_later "$told: it will be slow once it uses more, or be killed"
}
