/** A device that a host may hand over to a guest, as QEMU can make it. */
interface DeviceKind {
  /** QEMU's name of the driver, and its settings. */
  readonly driver: string;
  readonly settings?: string;
  /** What the guest sees: `vendor:device`. */
  readonly pciId: string;
  /** The driver of the Linux kernel that takes it unless somebody is faster; none when the kernel has none. */
  readonly hostDriver?: string;
}

/** What can be behind a root port of a lab machine. */
const deviceKinds = {
  e1000e: { driver: 'e1000e', settings: 'romfile=', pciId: '8086:10d3', hostDriver: 'e1000e' },
  igb: { driver: 'igb', settings: 'romfile=', pciId: '8086:10c9', hostDriver: 'igb' },
  nvme: { driver: 'nvme', settings: 'serial=phyllome-lab', pciId: '1b36:0010', hostDriver: 'nvme' },
  xhci: { driver: 'qemu-xhci', pciId: '1b36:000d', hostDriver: 'xhci_hcd' },
  sound: { driver: 'ich9-intel-hda', pciId: '8086:293e', hostDriver: 'snd_hda_intel' },
  display: { driver: 'secondary-vga', settings: 'romfile=', pciId: '1234:1111', hostDriver: 'bochs-drm' },
  /** A serial card; on both families its driver is part of the kernel, so it is there before anything of the initramfs. */
  serial: { driver: 'pci-serial', pciId: '1b36:0002', hostDriver: 'serial' },
  edu: { driver: 'edu', pciId: '1234:11e8' },
} as const satisfies Readonly<Record<string, DeviceKind>>;

export type HandedOverDevice = keyof typeof deviceKinds;

export const deviceKind = (device: HandedOverDevice): DeviceKind => deviceKinds[device];
