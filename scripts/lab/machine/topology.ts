import path from 'node:path';
import type { DiskFormat } from '../../image/index.ts';
import type { KeyGeneration } from '../../secure-boot/index.ts';
import type { HandedOverDevice } from './devices.ts';

export type Firmware = 'bios' | 'uefi' | 'secure-boot';

/** What a lab machine offers, for checks that need it. */
export type MachineFeature =
  | 'nested-virtualization'
  | 'iommu'
  | 'uefi'
  | 'secure-boot'
  | 'tpm'
  /** Devices behind root ports, meant for guests. */
  | 'devices-to-hand-over'
  /** A root port with nothing in it. */
  | 'free-port'
  | 'empty-disk'
  | 'network';

/** How a disk, or the medium, is attached. */
export type DiskBus = 'virtio' | 'nvme' | 'sata' | 'usb';

/**
 * What the machine starts from; `file` is the absolute path of an image, which is not written to, but for a disk that keeps.
 * `kernel`: QEMU loads the image's kernel and initramfs itself, `pxe`: the firmware fetches them by TFTP; with both the
 * image is in the CD drive, where its initramfs finds the root file system. These two can add to the kernel's arguments. An
 * image that is a script for iPXE (`pxe` of `--output`) needs no CD: its directory is what is served. `linux`: QEMU loads this
 * kernel; `tftp`: the firmware fetches `bootFile`, and what that asks for, from this directory.
 */
export type Medium =
  | { readonly kind: 'cdrom'; readonly file: string }
  | {
      readonly kind: 'usb' | 'disk';
      readonly file: string;
      readonly writeProtected: boolean;
      /** The medium is as large as that; as large as the image when absent. */
      readonly sizeMiB?: number;
      /** Of a `disk`: what it is attached to; virtio when absent. */
      readonly bus?: DiskBus;
      /** Of a `disk`; 512 when absent. */
      readonly sectorBytes?: 512 | 4096;
      /** Of a `disk`, whose file is a qcow2: it is the disk itself, and what the guest writes stays in it. */
      readonly keeps?: true;
      /** Told by the name of the file when absent. */
      readonly format?: DiskFormat;
    }
  | { readonly kind: 'linux'; readonly file: string; readonly initramfs?: string; readonly commandLine: string }
  | { readonly kind: 'tftp'; readonly file: string; readonly bootFile: string }
  | {
      readonly kind: 'kernel' | 'pxe';
      readonly file: string;
      /** Of the image's boot menu, counted from 1. */
      readonly entry: number;
      readonly kernelArguments: readonly string[];
    };

/** A medium that the guest can write to. */
export function takesWrites(medium: Medium): boolean {
  return (medium.kind === 'usb' || medium.kind === 'disk') && !medium.writeProtected;
}

/** What the guest writes to the medium is beside the image, and gone with the machine. */
export function isLayered(medium: Medium): boolean {
  return takesWrites(medium) && !keepsWrites(medium);
}

const keepsWrites = (medium: Medium) => medium.kind === 'disk' && medium.keeps === true;

/** A disk, empty when nothing is said to be on it. What the guest writes to it stays until the machine is gone. */
export interface Disk {
  readonly bus: DiskBus;
  readonly sizeMiB: number;
  readonly sectorBytes: 512 | 4096;
  /** Absolute path of an image that is on it. */
  readonly holds?: string;
  /** What it holds, a qcow2, is the disk itself: what the guest writes stays in it. The machine starts from it before its medium. */
  readonly keeps?: true;
}

/** A network card with DHCP and no way out. */
export interface Nic {
  readonly model: 'virtio' | 'e1000e';
}

/** What a machine that a person uses has of the computer that it runs on. Machines under test have nothing of it. */
export interface Surroundings {
  /** The first card reaches the network of this computer. */
  readonly network?: boolean;
  /** A port of this computer, for nobody but it, behind which is port 22 of the first card. */
  readonly sshPort?: number;
  /** Absolute path of a directory that the guest can mount, and write to. */
  readonly shared?: string;
}

/** A PCI Express root port: what is in its slot, or a switch. */
export interface RootPort {
  /** Access control services. Ports without them are functions of one device, and all below them share an IOMMU group. */
  readonly acs: boolean;
  /** Functions of one device in the port's slot. Several share an IOMMU group. */
  readonly devices: readonly HandedOverDevice[];
  /** The slots of a switch in the port, each with functions of one device. */
  readonly switchSlots: readonly (readonly HandedOverDevice[])[];
}

/** The virtual hardware of one lab machine. Plain and serialisable: it is part of every report. */
export interface Topology {
  readonly name: string;
  /** QEMU's CPU model with its flags. */
  readonly cpu: string;
  readonly processors: number;
  readonly memoryMiB: number;
  readonly numaNodes: number;
  readonly firmware: Firmware;
  /** Of `secure-boot`; those that the firmware comes with when absent. */
  readonly keys?: KeyGeneration;
  readonly tpm: boolean;
  readonly iommu: 'intel' | 'amd' | 'virtio' | 'none';
  readonly interruptRemapping: boolean;
  readonly medium: Medium;
  readonly disks: readonly Disk[];
  readonly network: readonly Nic[];
  readonly ports: readonly RootPort[];
  /** What the machine's clock says at power-on, `YYYY-MM-DDTHH:MM:SS` in UTC; the true time when absent. */
  readonly clock?: string;
  readonly surroundings?: Surroundings;
}

/** Kernel, initramfs and root file system are beside the script that the firmware starts. */
export function isServedWhole({ kind, file }: Medium): boolean {
  return kind === 'pxe' && file.endsWith('.ipxe');
}

/** Every image that the machine reads, each once. */
export function imagesOf({ medium, disks }: Pick<Topology, 'medium' | 'disks'>): string[] {
  const file = isServedWhole(medium) ? path.dirname(medium.file) : medium.file;
  const initramfs = medium.kind === 'linux' && medium.initramfs !== undefined ? [medium.initramfs] : [];
  return [...new Set([file, ...initramfs, ...disks.flatMap(({ holds }) => (holds === undefined ? [] : [holds]))])];
}

/** Those images that the machine writes to, and leaves when it is gone. */
export function keptImagesOf({ medium, disks }: Pick<Topology, 'medium' | 'disks'>): string[] {
  return [
    ...(keepsWrites(medium) ? [medium.file] : []),
    ...disks.flatMap(({ holds, keeps }) => (keeps === true && holds !== undefined ? [holds] : [])),
  ];
}

/** Features that follow from the hardware; a check that needs another one is skipped, and says so. */
export function featuresOf(topology: Topology): ReadonlySet<MachineFeature> {
  const { ports } = topology;
  const present: readonly (readonly [MachineFeature, boolean])[] = [
    ['nested-virtualization', hasVirtualization(topology.cpu)],
    ['iommu', topology.iommu !== 'none'],
    ['uefi', topology.firmware !== 'bios'],
    ['secure-boot', topology.firmware === 'secure-boot' && topology.keys !== 'setup-mode'],
    ['tpm', topology.tpm],
    ['devices-to-hand-over', ports.some((port) => devicesBehind(port).length > 0)],
    ['free-port', ports.some((port) => devicesBehind(port).length === 0)],
    ['empty-disk', topology.disks.some(({ holds }) => holds === undefined)],
    ['network', topology.network.length > 0],
  ];
  return new Set(present.flatMap(([feature, is]) => (is ? [feature] : [])));
}

/** Everything in a port's slot or behind its switch. */
export function devicesBehind(port: RootPort): readonly HandedOverDevice[] {
  return [...port.devices, ...port.switchSlots.flat()];
}

/**
 * Which devices behind the ports the kernel can keep apart: each entry is one IOMMU group's. Functions of one device share
 * one, as does everything below the ports without access control services.
 */
export function isolatedGroups({ ports }: Pick<Topology, 'ports'>): readonly (readonly HandedOverDevice[])[] {
  const apart = ports.filter((port) => port.acs).flatMap((port) => [port.devices, ...port.switchSlots]);
  const together = ports.filter((port) => !port.acs).flatMap(devicesBehind);
  return [...apart, together].filter((group) => group.length > 0);
}

const hasVirtualization = (cpu: string): boolean =>
  /\+(svm|vmx)/.test(cpu) || (cpu.startsWith('host') && !/-(svm|vmx)/.test(cpu));
