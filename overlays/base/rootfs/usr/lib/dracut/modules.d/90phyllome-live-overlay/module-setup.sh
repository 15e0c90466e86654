#!/bin/bash
# dracut module: what is written on a live system goes to a tmpfs of its own, not into /run; and a copy in memory is made only
# where there is memory for it.

# Only where dracut.conf.d names it.
check() { return 255; }

depends() { return 0; }

install() {
  inst_multiple ln mkdir mount sed
  # Before anything asks for rd.live.ram.
  inst_hook cmdline 05 "$moddir/copy-to-memory.sh"
  # After the live image was found, which links a persistent overlay, and before dracut's own module makes directories in /run.
  inst_hook pre-mount 00 "$moddir/live-overlay.sh"
}
