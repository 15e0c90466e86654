#!/bin/sh
# dracut sources its hooks; the program runs by itself, so that its variables stay its own.
case ${root-} in
  block:*) /usr/libexec/phyllome-own-uuid "${root#block:}" ;;
esac
