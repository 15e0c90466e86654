# Runs inside the image under test as phyllome-lab-journal.service: sends the journal of this boot, from its start, to a
# virtio port, and everything that follows.
port=$1
until [ -c "$port" ]; do sleep 0.2; done
exec journalctl --boot --follow --no-tail --output=json \
  --output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_COMM,_PID,_SYSTEMD_UNIT,UNIT >"$port"
