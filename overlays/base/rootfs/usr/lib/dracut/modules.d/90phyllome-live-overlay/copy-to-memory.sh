#!/bin/sh
# `phyllome.copy=MIB` in the boot entry: the live image, of that size, is copied to memory and the medium can be removed.
# dracut's own rd.live.ram ends in an emergency shell where there is too little memory; here the need is told, and the system
# runs from its medium. PHYLLOME_ROOT is for tests.
phyllome_image=$(getarg phyllome.copy=) || phyllome_image=
case $phyllome_image in
  '' | *[!0-9]*) ;;
  *)
    # What dracut leaves to the system besides the copy.
    phyllome_rest=$(getarg rd.minmem=) || phyllome_rest=
    case $phyllome_rest in '' | *[!0-9]*) phyllome_rest=1024 ;; esac
    phyllome_needed=$((phyllome_image + phyllome_rest))
    phyllome_memory=$(($(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' "${PHYLLOME_ROOT-}/proc/meminfo") / 1024))
    if [ "$phyllome_memory" -ge "$phyllome_needed" ]; then
      mkdir -p "${PHYLLOME_ROOT-}/etc/cmdline.d"
      echo 'rd.live.ram=1' > "${PHYLLOME_ROOT-}/etc/cmdline.d/50-phyllome-copy.conf"
    else
      phyllome_words="The system is not copied to memory: that takes $phyllome_needed MiB ($phyllome_image for the copy), and this computer has $phyllome_memory MiB. It runs from its medium, which has to stay."
      # The kernel's log is on every console and in the journal.
      echo "<4>phyllome: $phyllome_words" > "${PHYLLOME_ROOT-}/dev/kmsg"
    fi
    ;;
esac
