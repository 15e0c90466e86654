# An update would bring it back: dpkg and RPM are told to leave this path out.
emulator=/usr/bin/qemu-system-i386
if command -v rpm > /dev/null; then
  echo "%_netsharedpath $emulator" > /etc/rpm/macros.phyllome-qemu
elif command -v dpkg > /dev/null; then
  echo "path-exclude=$emulator" > /etc/dpkg/dpkg.cfg.d/50-phyllome-qemu
else
  echo "neither rpm nor dpkg is here: the next update of QEMU would bring $emulator back" >&2
  exit 1
fi
rm -f "$emulator"
