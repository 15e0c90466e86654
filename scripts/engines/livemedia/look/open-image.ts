import type { Output } from '../output.ts';

/**
 * Shell commands that put the root tree of a finished image, or what is asked for of it, below `$tree`, and the kernel arguments
 * of its boot menu into the file `$work/menu`. They find the results in `$result`, the image's name in `$image`, a place of
 * their own in `$work`, and in `$wanted` a file with the paths that are wanted. What they attach is detached by `leave`.
 */
export const openImage: Readonly<Record<Output, string>> = {
  iso: `${unsquash()}
xorriso -osirrox on -indev "$result/$image" -extract /LiveOS/squashfs.img "$work/root.img" \\
  -extract /boot/grub2/grub.cfg "$work/grub.cfg" > "$work/xorriso.log" 2>&1
unsquash "$work/root.img"
sed -n 's/^[[:space:]]*linux[a-z0-9]*[[:space:]][[:space:]]*[^[:space:]]*[[:space:]]*//p' "$work/grub.cfg" > "$work/menu"`,
  pxe: `${unsquash()}
unsquash "$result/live-rootfs.squashfs.img"
sed -n 's/^[[:space:]]*append[[:space:]]*//p' "$result/PXE_CONFIG" > "$work/menu"`,
  tar: `tar --extract --file "$result/$image" --directory "$tree" --exclude './dev/*'`,
  raw: openDisk('disk=$result/$image'),
  qcow2: openDisk('disk=$work/disk.raw; qemu-img convert -f qcow2 -O raw "$result/$image" "$disk"'),
};

/** Some images hold the root file system as a file of the squashfs. */
function unsquash(): string {
  return `unsquash() {
  xargs -d '\\n' unsquashfs -no-progress -no-xattrs -force -dest "$tree" "$1" < "$wanted" > "$work/unsquashfs.log" 2>&1 || [ $? = 2 ]
  [ -e "$tree/etc" ] || { unsquashfs -no-progress -no-xattrs -force -dest "$work/outer" "$1" LiveOS >> "$work/unsquashfs.log" 2>&1 || [ $? = 2 ]
    mount -o loop,ro "$work/outer/LiveOS/rootfs.img" "$tree"; }
}`;
}

/** Each partition by a loop device of its own: in a container nobody makes nodes for partitions of one. */
function openDisk(disk: string): string {
  return `${disk}
attached='' root='' boot='' esp=''
leave() {
  umount -R "$tree" 2> /dev/null || :
  for device in $attached; do losetup --detach "$device"; done
}
number=0
for part in $(partx --raw --noheadings --output START,SECTORS "$disk" | tr ' ' ,); do
  number=$((number + 1)) device=$(losetup --find --show --read-only --offset "$((\${part%,*} * 512))" --sizelimit "$((\${part#*,} * 512))" "$disk")
  attached="$attached $device"
  mkdir -p "$work/part$number"
  mount -o ro "$device" "$work/part$number" 2> /dev/null || continue
  if [ -e "$work/part$number/etc/passwd" ]; then root=$device; fi
  if [ -d "$work/part$number/EFI" ]; then esp=$device; fi
  if [ -d "$work/part$number/grub2" ]; then boot=$device; fi
  umount "$work/part$number"
done
[ -n "$root" ] || { echo 'no partition of the disk holds a root file system' >&2; exit 1; }
mount -o ro "$root" "$tree"
[ -z "$boot" ] || mount -o ro "$boot" "$tree/boot"
[ -z "$esp" ] || mount -o ro "$esp" "$tree/boot/efi"`;
}
