import type { HandedOverDevice } from '../machine/devices.ts';
import type { DiskBus, Firmware, Nic, Topology } from '../machine/topology.ts';

/** A topology as its file says it; whatever it leaves out is as on the default machine. It has passed its schema. */
export interface TopologyFile {
  readonly topology: string;
  readonly summary: string;
  readonly cpu?: {
    readonly model?: string;
    readonly vendor?: 'amd' | 'intel';
    readonly virtualization?: boolean;
  };
  readonly processors?: number;
  readonly memoryMiB?: number;
  readonly numaNodes?: number;
  readonly firmware?: Firmware;
  readonly tpm?: boolean;
  readonly iommu?: Topology['iommu'];
  readonly interruptRemapping?: boolean;
  readonly boot?: {
    readonly from: 'cdrom' | 'usb' | 'disk' | 'kernel' | 'pxe';
    readonly writeProtected?: boolean;
    readonly kernelArguments?: readonly string[];
  };
  readonly disks?: readonly { readonly bus: DiskBus; readonly sizeMiB: number; readonly sectorBytes?: 512 | 4096 }[];
  readonly network?: readonly Nic[];
  readonly ports?: readonly PortEntry[];
  readonly clock?: string;
}

/** An empty entry is a port with nothing in it: something may be plugged in later. */
export interface PortEntry {
  readonly acs?: boolean;
  readonly devices?: readonly HandedOverDevice[];
  readonly switch?: readonly (readonly HandedOverDevice[])[];
}
