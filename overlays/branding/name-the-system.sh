# What an update of dpkg's package brings goes beside it; that of RPM's comes back until the next start.
if command -v dpkg-divert > /dev/null; then
  dpkg-divert --quiet --local --no-rename --divert /etc/os-release.debian --add /etc/os-release
fi
/usr/libexec/phyllome-os-release
