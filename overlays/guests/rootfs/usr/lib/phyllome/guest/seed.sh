# A small CD that tells the guest what to do at its first boot: a kickstart for Anaconda, or a seed for cloud-init.

make_seed() {
  mkdir "$work/seed"
  if [ -n "$kickstart" ]; then
    label=OEMDRV
    cp "$kickstart" "$work/seed/ks.cfg"
  else
    label=CIDATA
    json "$name"
    printf 'instance-id: %s\nlocal-hostname: %s\n' "$quoted" "$quoted" > "$work/seed/meta-data"
    if [ -n "$user_data" ]; then cp "$user_data" "$work/seed/user-data"; else print_user_data > "$work/seed/user-data"; fi
    [ -z "$network_config" ] || cp "$network_config" "$work/seed/network-config"
  fi
  # It tells its name on standard error even when it is quiet.
  xorrisofs -quiet -volid "$label" -joliet -rational-rock -output "$work/seed.iso" "$work/seed" 2> "$work/told" ||
    complain "the CD $label could not be made: $(cat "$work/told")"
  new_volume "$name-seed.iso" "$(stat --format=%s "$work/seed.iso")" raw
  virsh_ vol-upload "$name-seed.iso" "$work/seed.iso" --pool images > /dev/null
}

# Nobody gets a password: who has the key may become root.
print_user_data() {
  printf '#cloud-config\n'
  [ -n "$ssh_key" ] || return 0
  printf 'users:\n'
  json "$user"
  printf '  - name: %s\n    lock_passwd: true\n    shell: /bin/bash\n    sudo: "ALL=(ALL) NOPASSWD:ALL"\n    ssh_authorized_keys:\n' "$quoted"
  while IFS= read -r key || [ -n "$key" ]; do
    case "$key" in '' | '#'*) continue ;; esac
    json "$key"
    printf '      - %s\n' "$quoted"
  done < "$ssh_key"
}
