#!/bin/bash
# dracut module: an xfs or btrfs root file system gets a UUID of its own before its first mount.

# Only where dracut.conf.d names it.
check() { return 255; }

depends() { return 0; }

install() {
  inst_multiple blkid
  # Each is there for its file system alone.
  inst_multiple -o xfs_db btrfstune
  inst_script /usr/libexec/phyllome-own-uuid /usr/libexec/phyllome-own-uuid
  inst_hook pre-mount 50 "$moddir/own-uuid.sh"
}
