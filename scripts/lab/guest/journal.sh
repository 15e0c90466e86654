# Runs inside the image under test as phyllome-lab-journal.service: sends the journal of this boot, from its start, to a
# virtio port, and everything that follows.
port=$1
until [ -c "$port" ]; do sleep 0.2; done
follow=(journalctl --follow --output=json
  --output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_COMM,_PID,_SYSTEMD_UNIT,UNIT)
if ! grep -qsE '^[^#[:space:]]+[[:space:]]+/var(/log(/journal)?)?[[:space:]]' /etc/fstab; then
  exec "${follow[@]}" --boot --no-tail >"$port"
fi

# Logs have a file system of their own here. journalctl watches the directory that is there when it starts, which is empty and
# hidden by then: when the journal has moved to the disk, another one goes on behind the last entry.
sent=/run/phyllome-lab-journal
exec {out}>"$port"
"${follow[@]}" --boot --no-tail > >(tee "$sent" >&$out) &
first=$!
until [ -e /run/systemd/journal/flushed ]; do sleep 0.5; done
kill "$first"
wait
cursor=$(tail -n 1 "$sent" | sed -n 's/.*"__CURSOR" *: *"\([^"]*\)".*/\1/p')
rm -f "$sent"
exec "${follow[@]}" --after-cursor="$cursor" >&$out
