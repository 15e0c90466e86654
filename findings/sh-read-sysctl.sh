#!/bin/sh
# dash and mksh: read has the first digit of a setting below /proc/sys, and fails; bash has the number.
#
# Packages: dash 0.5.12-12, mksh 59c-41 and bash of Debian 13, run in a tree of their own packages. Seen on 1 December 2026, Linux 6.18.
# Behaviour: a shell must not read past the line that it was asked for, so dash and mksh ask the kernel for one byte after the other.
#   Linux tells a number below /proc/sys in the first piece alone: whoever asks for the rest gets an end of file, whatever is left. read
#   has one digit, no end of the line, and answers with 1, which under `set -e` ends a script without a word. bash takes a larger
#   piece of a file that can be sought in, and goes back. Settings below /sys are read whole by all of them.
# Who meets it: scripts for /bin/sh that read vm.overcommit_memory or kernel.pid_max without a program such as cat. Of a setting of one
#   digit the value is right and the status wrong; of a longer one the value is another number.
# Output seen:
#   dash: status 1, 1 of 7 characters
#   mksh: status 1, 1 of 7 characters
#   bash: status 0, 7 of 7 characters
#
# Needs mmdebstrap, unshare and Debian's mirror; root or user namespaces. Fails when version or behaviour is another.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mmdebstrap --quiet --variant=extract --architectures=amd64 --include=dash,mksh,bash trixie "$work/tree.tar" http://deb.debian.org/debian
mkdir "$work/tree"
tar --extract --file="$work/tree.tar" --directory="$work/tree" --exclude='./dev/*'
versions=$(for name in dash mksh; do gzip -dc "$work/tree/usr/share/doc/$name/changelog.Debian.gz" | sed -n '1s/ (\(.*\)).*/ \1/p'; done)
echo "$versions"
library=$work/tree/usr/lib/x86_64-linux-gnu
# Pipes may take 1048576 bytes unless somebody has changed it.
setting=/proc/sys/fs/pipe-max-size
whole=$(cat "$setting")
seen=$(for shell in dash mksh bash; do
  "$library/ld-linux-x86-64.so.2" --library-path "$library" "$work/tree/usr/bin/$shell" -c \
    'IFS= read -r value < "$1"; echo "'"$shell"': status $?, ${#value} of ${#2} characters"' shell "$setting" "$whole"
done)
echo "$seen"
[ "$versions" = "dash 0.5.12-12
mksh 59c-41" ]
[ "$seen" = "dash: status 1, 1 of 7 characters
mksh: status 1, 1 of 7 characters
bash: status 0, 7 of 7 characters" ]
