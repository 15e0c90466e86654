/** A guest that is asked for with options: as the words of a command line, `$place` being the directory of `madeUpHost`. */
interface GuestOptions {
  readonly name: string;
  readonly words: string;
}

/**
 * Guests that have every element which an option of phyllome-guest's can put into a domain. `--session` is not among them:
 * it would start a daemon of root's own.
 */
export const guestOptions: readonly GuestOptions[] = [
  {
    name: 'cloud-image',
    words:
      '--os linux --image $place/disk --user-data $place/user-data --network-config $place/network-config --disk 1.5G --memory 512M --hugepages 2M --pin 0-1,3 --usb 1-1 --usb 2-4.1 --usb 1d6b:0002 --network default --network bridge=virbr0 --console-log /var/log/libvirt/phyllome-check.log',
  },
  {
    name: 'cloud-key',
    words:
      '--os linux --image $place/disk --ssh-key $place/key --user ada --hugepages 1G --memory 2G --share $place=tag',
  },
  {
    name: 'kickstart',
    words: '--os linux --iso $place/disk --kickstart $place/user-data --cpus 4 --gpu 01:00.0 --pci 0000:02:00.0',
  },
  {
    name: 'windows-by-hand',
    words:
      '--os windows-11 --emulate --iso $place/disk --drivers $place/disk --tpm no --secure-boot no --evdev /dev/input/by-id/usb-Lab-event-kbd --evdev /dev/input/by-id/usb-Lab-event-mouse',
  },
];

/**
 * Shell text that describes a host in `$place/root` with what those guests ask for, and their files beside it. The host that is
 * asked may have none of it; libvirt takes a definition all the same.
 */
export const madeUpHost = `file() { mkdir -p "\${1%/*}"; printf '%s\\n' "$2" > "$1"; }
usb() { at=$place/root/sys/bus/usb/devices/$1; file $at/idVendor 046d; file $at/idProduct "$2"; file $at/busnum "\${1%%-*}"; file $at/devnum 7; }
pci() { at=$place/root/sys/devices/pci0000:00/0000:00:01.0/$1; file $at/class "$2"; file $at/vendor 0x10de; mkdir -p $at/iommu_group; mkdir -p $place/root/sys/bus/pci/devices; ln -sfn $at $place/root/sys/bus/pci/devices/$1; }
usb 1-1 c52b; usb 1-2 c52b; usb 2-4.1 c077
pci 0000:01:00.0 0x030000; pci 0000:01:00.1 0x040300; pci 0000:02:00.0 0x020000
for number in 0 1 2 3; do mkdir -p $place/root/sys/devices/system/cpu/cpu$number; done
for kib in 2048 1048576; do file $place/root/sys/kernel/mm/hugepages/hugepages-\${kib}kB/free_hugepages 0; done
file $place/root/dev/input/by-id/usb-Lab-event-kbd ''; file $place/root/dev/input/by-id/usb-Lab-event-mouse ''
file $place/disk disk; file $place/user-data '#cloud-config'; file $place/network-config 'version: 2'
file $place/key 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'`;
