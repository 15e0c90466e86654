# Disks and CDs. The XML names volumes by path; making them goes through libvirt, so that members of the group `libvirt`
# can do it as well as root.

plan_storage() {
  pool_place=/var/lib/libvirt/images
  [ "$session" = no ] || pool_place=${XDG_DATA_HOME:-$HOME/.local/share}/libvirt/images
  disk_path='' seed_path=''
  [ "$disk" = 0 ] && [ -z "$image" ] || disk_path=$pool_place/$name.qcow2
  [ -z "$kickstart$user_data$network_config$ssh_key" ] || seed_path=$pool_place/$name-seed.iso
}

print_disks() {
  case "$t_disk" in
    virtio) disk_target=vda ;;
    scsi)
      disk_target=sda
      printf "    <controller type='scsi' model='virtio-scsi'/>\n"
      ;;
    sata) disk_target=sda ;;
    *) complain "$template: disk is virtio, scsi or sata" ;;
  esac
  if [ -n "$disk_path" ]; then
    cache=
    ! direct_io "$pool_place" || cache=" cache='none'"
    thread=
    [ "$t_disk" != virtio ] || thread=" iothread='1'"
    xml "$disk_path"
    printf "    <disk type='file' device='disk'>\n      <driver name='qemu' type='qcow2' discard='unmap'%s%s/>\n" "$cache" "$thread"
    printf "      <source file='%s'/>\n      <target dev='%s' bus='%s'/>\n      <boot order='1'/>\n    </disk>\n" \
      "$quoted" "$disk_target" "$t_disk"
  fi
  cd_letter=b
  [ -z "$iso" ] || print_cd "$iso" 2
  [ -z "$drivers" ] || [ "$t_drivers" = no ] || print_cd "$drivers"
  [ -z "$seed_path" ] || print_cd "$seed_path"
}

print_cd() { # print_cd FILE [BOOT-ORDER]
  xml "$1"
  printf "    <disk type='file' device='cdrom'>\n      <driver name='qemu' type='raw'/>\n      <source file='%s'/>\n" "$quoted"
  printf "      <target dev='sd%s' bus='sata'/>\n      <readonly/>\n" "$cd_letter"
  [ -z "${2-}" ] || printf "      <boot order='%s'/>\n" "$2"
  printf '    </disk>\n'
  case "$cd_letter" in b) cd_letter=c ;; c) cd_letter=d ;; *) cd_letter=e ;; esac
}

make_guest() {
  plan_storage
  ! virsh_ dominfo "$name" > /dev/null 2>&1 || complain "there is a guest $name already"
  [ "$start$session" != yesno ] || networks_must_be_there
  work=$(mktemp -d)
  made=
  trap 'give_up' EXIT
  trap 'exit 130' INT TERM
  print_domain > "$work/domain.xml"
  show_notes
  [ "$session" = no ] || ensure_session_pool
  [ -z "$disk_path" ] || make_disk
  [ -z "$seed_path" ] || make_seed
  define_guest "$work/domain.xml" > /dev/null
  made=
  [ "$autostart" = no ] || virsh_ autostart "$name" > /dev/null
  if [ "$start" = no ]; then
    note "$name is defined; virsh start $name"
  else
    virsh_ start "$name" > /dev/null
    note "$name is running; virt-viewer, virt-manager or virsh console $name shows it"
  fi
}

# One at a time: of the first two that libvirt holds against its schema side by side, one can fail, as libxml2 2.9 sets
# its table of types up without a lock ("Error type 'positiveInteger' is not exported by type library").
define_guest() {
  schema=$root/usr/share/libvirt/schemas/domain.rng
  if [ -r "$schema" ]; then
    flock "$schema" virsh --quiet --connect "$uri" define --validate "$1"
  else
    virsh_ define --validate "$1"
  fi
}

# A guest that could not be defined leaves nothing behind.
give_up() {
  for volume in $made; do virsh_ vol-delete "$volume" --pool images > /dev/null 2>&1 || :; done
  rm -rf "$work"
}

ensure_session_pool() {
  virsh_ pool-info images > /dev/null 2>&1 && return
  mkdir -p "$pool_place"
  virsh_ pool-create-as images dir --target "$pool_place" > /dev/null
}

new_volume() { # new_volume NAME CAPACITY FORMAT
  virsh_ vol-create-as images "$1" "$2" --format "$3" > /dev/null || complain "$1 could not be made in the pool images"
  made="$made $1"
}

make_disk() {
  if [ -z "$image" ]; then
    new_volume "$name.qcow2" "$disk" qcow2
    return
  fi
  qemu-img convert -O qcow2 "$image" "$work/disk.qcow2"
  new_volume "$name.qcow2" 1M qcow2
  virsh_ vol-upload "$name.qcow2" "$work/disk.qcow2" --pool images > /dev/null
  # Never smaller than the image is.
  virsh_ vol-resize "$name.qcow2" "$disk" --pool images > /dev/null 2>&1 || note "the disk keeps the image's own size"
}
