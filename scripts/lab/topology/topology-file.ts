// Made by `npm run types` from the schemas in scripts/lab/topology. Edit those, not this.

/** A device that is meant for guests of the host. */
export type HandedOverDevice = 'e1000e' | 'igb' | 'nvme' | 'xhci' | 'sound' | 'display' | 'serial' | 'edu';

/** The virtual hardware of one lab machine. What is left out is as on the default machine: two processors with virtualisation, 2 GiB, BIOS, an Intel IOMMU without interrupt remapping, one virtio network card, the image in a CD drive. */
export interface TopologyFile {
  readonly topology: string;
  readonly summary: string;
  readonly cpu?: {
    /** `qemu-system-x86_64 -cpu help` lists them. Else one of the vendor's; else the host's own under KVM and EPYC under emulation. */
    readonly model?: string;
    readonly vendor?: 'amd' | 'intel';
    /** Whether the machine can run virtual machines of its own. Emulation has AMD's SVM only. */
    readonly virtualization?: boolean;
  };
  readonly processors?: number;
  readonly memoryMiB?: number;
  /** Memory and processors are shared out evenly. */
  readonly numaNodes?: number;
  /** `secure-boot`: UEFI that enforces it, with Microsoft's keys enrolled. Found through QEMU's firmware descriptors. */
  readonly firmware?: 'bios' | 'uefi' | 'secure-boot';
  /** Of `secure-boot`: which keys its firmware has; those that OVMF comes with, Microsoft's of 2011, when absent. `own`: a key that nobody here has. `both-revoked`: with those of 2011 in dbx. */
  readonly keys?: 'keys-2011' | 'keys-2023' | 'keys-both' | 'keys-own' | 'keys-both-revoked' | 'setup-mode';
  /** A TPM 2.0 made by swtpm. */
  readonly tpm?: boolean;
  readonly iommu?: 'intel' | 'amd' | 'virtio' | 'none';
  /** Off by default: with it Linux gives up under emulation when a busy computer delivers its first timer ticks late. */
  readonly interruptRemapping?: boolean;
  readonly boot?: {
    /** `kernel`: QEMU loads kernel and initramfs of the image itself. `pxe`: the firmware fetches them by TFTP. With both, the image is in the CD drive. */
    readonly from: 'cdrom' | 'usb' | 'disk' | 'kernel' | 'pxe';
    /** Of `usb` and `disk`: the medium refuses to be written to. Else what is written goes to a throw-away layer. */
    readonly writeProtected?: boolean;
    /** Of `usb` and `disk`: the medium is as large as that, with the image at its start; as large as the image when absent. */
    readonly sizeMiB?: number;
    /** Of `disk`: what it is attached to; virtio when absent. */
    readonly bus?: 'virtio' | 'nvme' | 'sata' | 'usb';
    /** Of `disk`, but SATA, of which QEMU has no other than 512: the size of its sectors. */
    readonly sectorBytes?: 512 | 4096;
    /** Of `kernel` and `pxe`: which entry of the image's boot menu; the first when absent. */
    readonly entry?: number;
    /** Of `kernel` and `pxe`: added to what the image's boot menu has. */
    readonly kernelArguments?: readonly string[];
  };
  readonly disks?: readonly DiskEntry[];
  /** Each has DHCP and no way out. */
  readonly network?: readonly CardEntry[];
  /** What is behind them is meant for guests of the host. An empty entry (`{}`) is a port into which something may be plugged later. */
  readonly ports?: readonly PortEntry[];
  /** What the machine's clock says at power-on, in UTC; the true time when absent. */
  readonly clock?: string;
}

/** A disk: empty, or with an image at its start. */
export interface DiskEntry {
  readonly bus: 'virtio' | 'nvme' | 'sata' | 'usb';
  readonly sizeMiB: number;
  /** 512 when absent; SATA disks of QEMU have no other. */
  readonly sectorBytes?: 512 | 4096;
  /** What is on it: the image that the machine starts from once more, or another one. Nothing when absent. */
  readonly holds?: string;
}

/** A network card. */
export interface CardEntry {
  readonly model: 'virtio' | 'e1000e';
}

/** A PCI Express root port, and what is behind it. */
export interface PortEntry {
  /** Access control services; true when absent. Ports without them are functions of one device, as in many chipsets, and all below them share one IOMMU group. */
  readonly acs?: boolean;
  /** Several are functions of one device: they share an IOMMU group. */
  readonly devices?: readonly HandedOverDevice[];
  /** Each slot has an IOMMU group, unless the port of the switch is without access control services. */
  readonly switch?: readonly (readonly HandedOverDevice[])[];
}
