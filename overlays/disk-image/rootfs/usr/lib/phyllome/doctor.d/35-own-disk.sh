# Two disks of one image: at the very first start the kernel takes its root from either of them.

first_line /proc/cmdline || :
case " $line " in
  *' root=PARTUUID='*)
    root_id=${line#*root=PARTUUID=}
    root_id=${root_id%% *}
    twins=0
    entries /sys/class/block
    for block in $names; do
      [ -r "$root/sys/class/block/$block/uevent" ] || continue
      while IFS= read -r line; do
        [ "$line" != "PARTUUID=$root_id" ] || twins=$((twins + 1))
      done < "$root/sys/class/block/$block/uevent"
    done
    if [ "$twins" -gt 1 ]; then
      warn own-disk "$twins partitions had the name of the root when this system started: another disk holds the same image" \
        'restart once: each disk has given itself a name of its own by then'
    else
      ok own-disk 'no other disk has the name of the root'
    fi
    ;;
esac
