/** One PCI function of a computer, as the probe saw it. */
export interface PciFunction {
  /** `0000:01:00.0` */
  readonly address: string;
  /** `10de:2684`; empty where a listing does not tell. */
  readonly id: string;
  /** Six hexadecimal digits: `030000`. */
  readonly class: string;
  /** The bridge that it is behind; `unknown` where a listing does not tell which. */
  readonly behind?: string;
  readonly driver?: string;
  /** Its driver may load a program into it. */
  readonly wantsFirmware: boolean;
  /** IOMMU group; absent where there is no IOMMU in use. */
  readonly group?: number;
  /** The firmware drew its picture on it. */
  readonly isBootScreen: boolean;
  /** Ways to reset it: `flr`, `bus`, `pm` …; empty where there is none. */
  readonly reset: readonly string[];
  /** SR-IOV: how many virtual functions it can make. */
  readonly virtualFunctions: number;
  readonly isVirtualFunction: boolean;
  /** Types of mediated devices that its driver offers. */
  readonly mediated: readonly string[];
  /** What the running system needs it for. */
  readonly uses: readonly Use[];
}

export type Use = 'system-disk' | 'network' | 'screen' | 'keyboard';

/** A disk, without its serial number. */
export interface DumpedDisk {
  /** `nvme0n1` */
  readonly name: string;
  readonly sizeBytes: number;
  /** Of a logical sector. */
  readonly sectorBytes: number;
  /** `sata`, `nvme`, `usb` …; empty where the kernel does not say. */
  readonly bus: string;
  readonly model: string;
  readonly isRotational: boolean;
  readonly isRemovable: boolean;
  readonly isReadOnly: boolean;
  /** `gpt`, `dos`; empty where there is none. */
  readonly table: string;
  /** File systems and members that are on it; `part` for a partition of which nothing is known. */
  readonly holds: readonly string[];
  /** `disk/by-path/…` */
  readonly paths: readonly string[];
}

/** A computer as `probe.sh` describes it. Keys of the sections are the probe's. */
export interface Dump {
  readonly computer: Section;
  readonly firmware: Section;
  readonly processor: Section;
  readonly memory: Section;
  readonly iommu: Section;
  readonly kernel: Section;
  readonly functions: readonly PciFunction[];
  /** Absent where the text is no probe's, or an older one's. */
  readonly disks?: readonly DumpedDisk[];
  /** Lines of the kernel's log. */
  readonly messages: readonly string[];
  /** What the probe was not allowed to see. */
  readonly unseen: readonly string[];
  /** What the text does not tell at all; empty for what the probe wrote. */
  readonly unknown: readonly Unknown[];
}

/**
 * What a listing may leave open: processor, firmware and memory; IOMMU groups; vendors and devices; drivers; what the
 * running system needs; ways to reset; whether there are more devices.
 */
export type Unknown = 'computer' | 'groups' | 'ids' | 'drivers' | 'uses' | 'resets' | 'others';

export type Section = Readonly<Record<string, string | undefined>>;

/** The slot of a function: `0000:01:00`. */
export const slotOf = (address: string): string => address.replace(/\.[0-7]$/, '');

export const isBridge = ({ class: kind }: PciFunction): boolean => kind.startsWith('06');
