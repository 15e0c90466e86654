#!/bin/sh
# A live system's writes go to the upper directory of an overlay, which dracut would put into /run: with /var full, /run
# were full as well, and nothing that keeps its state there could start, log or be reached. A tmpfs of its own holds half of
# the memory at most, and takes none until something is written. It lies below /run/initramfs, which systemd leaves alone at
# shutdown. A persistent overlay that was found is linked already, and stays.
# `phyllome.overlay=SIZE` in the boot entry sets another limit, in the words of tmpfs: 80%, 4G.
# PHYLLOME_ROOT is for tests.
run=${PHYLLOME_ROOT-}/run
if { getargbool 0 rd.overlayfs || getargbool 0 rd.live.overlay.overlayfs; } && [ ! -e "$run/overlayfs" ]; then
  phyllome_overlay=$(getarg phyllome.overlay=) || phyllome_overlay=
  mkdir -m 0755 -p "$run/initramfs/overlayfs" "$run/systemd/relabel-extra.d"
  if mount -t tmpfs -o "mode=0755,size=${phyllome_overlay:-50%}" phyllome-overlay "$run/initramfs/overlayfs"; then
    mkdir -m 0755 "$run/initramfs/overlayfs/overlayfs" "$run/initramfs/overlayfs/ovlwork"
    ln -s "$run/initramfs/overlayfs/overlayfs" "$run/overlayfs"
    ln -s "$run/initramfs/overlayfs/ovlwork" "$run/ovlwork"
    # SELinux: systemd labels /run once it has the policy, but no file system that is mounted in it unless it is told.
    echo "$run/initramfs/overlayfs" > "$run/systemd/relabel-extra.d/phyllome-overlay.relabel"
  fi
fi
