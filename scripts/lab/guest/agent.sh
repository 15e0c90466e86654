# Runs inside the image under test as phyllome-lab-agent.service and answers requests that arrive on a virtio port.
# Needs bash, coreutils and util-linux only.
#   request:  ID SECONDS BASE64(script)            one line
#   reply:    ID STATUS BASE64(stdout) BASE64(stderr)
#   at start: hello BOOT-ID
port=$1
# The port appears when udev has loaded virtio_console; opening it earlier would make a plain file of that name.
until [ -c "$port" ]; do sleep 0.2; done
exec 3<>"$port"
# Of its own: a check may fill everything else, and on a live system /run has no room when / has none.
work=/run/phyllome-lab
mkdir -p "$work"
mountpoint -q "$work" || mount -t tmpfs -o size=192M,mode=700 phyllome-lab "$work"

answer() {
  printf '%s' "$3" | base64 -d >"$work/$1.sh"
  timeout --kill-after=2 "$2" bash "$work/$1.sh" >"$work/$1.out" 2>"$work/$1.err" </dev/null 3>&-
  status=$?
  {
    printf '%s %s ' "$1" "$status"
    base64 -w0 "$work/$1.out"
    printf ' '
    base64 -w0 "$work/$1.err"
    printf '\n'
  } >"$work/$1.reply"
  # Requests run side by side; their replies must not mix.
  flock "$work/lock" cat "$work/$1.reply" >&3
  rm -f "$work/$1".*
}

printf 'hello %s\n' "$(cat /proc/sys/kernel/random/boot_id)" >&3
while :; do
  if read -r id seconds script <&3; then
    answer "$id" "$seconds" "$script" &
  else
    # The host is not connected (any more).
    sleep 1
  fi
done
