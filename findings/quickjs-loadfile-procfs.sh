#!/bin/sh
# QuickJS: std.loadFile answers with an empty text for files of /proc, and with no error; open and readAsString have the text.
#
# Package: quickjs 2025.04.26-1 of Debian 13, run in a tree of its own packages. Seen on 29 November 2026.
# Behaviour: loadFile takes the size of the file for the length of its text. Files of procfs say that theirs is 0, so the text is
#   empty; the manual promises null where a file cannot be read. FILE.readAsString reads to the end of the file instead.
# Who meets it: a program that takes its settings from /proc/cmdline or an identifier from /proc/sys/kernel/random/uuid goes on as if
#   nothing stood there.
# Output seen:
#   loadFile: 0 characters
#   readAsString: 37 characters
#
# Needs mmdebstrap, unshare and Debian's mirror; root or user namespaces. Fails when version or behaviour is another.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/ask.js" <<'SCRIPT'
const file = '/proc/sys/kernel/random/uuid';
const whole = std.loadFile(file);
const opened = std.open(file, 'r');
const read = opened.readAsString();
opened.close();
print(`loadFile: ${whole === null ? 'null' : `${whole.length} characters`}`);
print(`readAsString: ${read.length} characters`);
SCRIPT
mmdebstrap --quiet --variant=extract --architectures=amd64 --include=quickjs trixie "$work/tree.tar" http://deb.debian.org/debian
mkdir "$work/tree"
tar --extract --file="$work/tree.tar" --directory="$work/tree" --exclude='./dev/*'
version=$(gzip -dc "$work/tree/usr/share/doc/quickjs/changelog.Debian.gz" | sed -n '1s/.*(\(.*\)).*/\1/p')
echo "quickjs $version"
library=$work/tree/usr/lib/x86_64-linux-gnu
seen=$("$library/ld-linux-x86-64.so.2" --library-path "$library" "$work/tree/usr/bin/qjs" --std "$work/ask.js")
echo "$seen"
[ "$version" = 2025.04.26-1 ]
[ "$seen" = "loadFile: 0 characters
readAsString: 37 characters" ]
