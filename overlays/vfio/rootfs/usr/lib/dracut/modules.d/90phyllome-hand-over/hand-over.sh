#!/bin/sh
# dracut sources its hooks; the program runs by itself, so that its variables stay its own.
# `phyllome.hand_over=0` in the boot entry leaves every device to the host, for once (with `vfio-pci.ids=` those, too, that
# are named by an id).
if getargbool 1 phyllome.hand_over; then
  /usr/libexec/phyllome-hand-over
fi
