#!/bin/sh
# Stand-in for Anaconda, in the initramfs of a stand-in for Fedora's medium: finds its kickstart as Anaconda's initramfs does
# (inst.ks=hd:LABEL=…:/path, else the label OEMDRV with /ks.cfg), shows it, "installs" it to the first virtio disk and turns the
# machine off. A kickstart with the line `# stand-in: fail` ends as Anaconda does in command line mode.
say() { printf '%s\n' "$*" > /dev/console; }

wait_for() {
  tries=0
  while [ $((tries += 1)) -lt 60 ]; do
    device=$(blkid -L "$1") && [ -n "$device" ] && return
    udevadm trigger --subsystem-match=block --action=add; udevadm settle
    sleep 1
  done
  say "Warning: dracut-initqueue: timeout, no disk $1"; poweroff -f
}

modprobe -a sr_mod isofs virtio_blk ahci 2> /dev/null
say 'Starting installer, one moment...'
label='' file=''
for word in $(cat /proc/cmdline); do
  case $word in
    inst.ks=hd:LABEL=*) label=${word#inst.ks=hd:LABEL=}; file=${label#*:}; label=${label%%:*}; from=$word ;;
    inst.stage2=hd:LABEL=*) wait_for "${word#inst.stage2=hd:LABEL=}"; say "stage2 is on $device" ;;
  esac
done
[ -n "$label" ] || { label=OEMDRV file=/ks.cfg from='the label OEMDRV'; }
wait_for "$label"
mkdir -p /run/stand-in
mount -o ro "$device" /run/stand-in || say 'cannot mount'
say "KICKSTART from $from"
while IFS= read -r line || [ -n "$line" ]; do say "| $line"; done < "/run/stand-in$file"
say 'KICKSTART END'
say "ARGUMENTS $(cat /proc/cmdline)"
if grep -q '^# stand-in: fail' "/run/stand-in$file"; then
  say 'The exact error message is:'
  say ''
  say "NoSuchPackage: phyllome-of-the-moon"
  say ''
  say 'The installer will now terminate.'
  sleep 180
  poweroff -f
fi
say 'Installing the software'
say 'Preparing transaction from installation source'
say 'Installing bash.x86_64 (1/1)'
if [ -b /dev/vda ]; then { echo 'INSTALLED BY THE STAND-IN'; cat "/run/stand-in$file"; } > /dev/vda; sync; fi
say 'Running post-installation scripts'
say 'Complete!'
poweroff -f
