/** A computer as an installation sees it. */
export interface Computer {
  readonly firmware: 'bios' | 'uefi';
  readonly memoryMiB: number;
  /** A TPM 2.0 that programs can use. */
  readonly hasTpm: boolean;
  readonly disks: readonly Disk[];
}

export interface Disk {
  /** As below /dev: `nvme0n1`. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Of a logical sector: 512 or 4096. */
  readonly sectorBytes: number;
  /** `nvme`, `sata`, `usb`, `virtio` …; empty where the kernel does not say. */
  readonly bus: string;
  readonly model: string;
  readonly serial: string;
  readonly isRotational: boolean;
  readonly isRemovable: boolean;
  readonly isReadOnly: boolean;
  /** `gpt`, `dos`; empty where there is no table. */
  readonly table: string;
  /** Its other names below /dev: `disk/by-id/…`, `disk/by-path/…`. */
  readonly links: readonly string[];
  /** Partitions, volumes and what else is on it, and its own content where it has no table. */
  readonly holds: readonly Held[];
  /** Something is written on it, although it has no table and nothing that programs know. Absent where nobody has looked. */
  readonly hasOtherData?: boolean;
  /** This system runs from it. */
  readonly isMedium: boolean;
}

export interface Held {
  readonly name: string;
  /** `part`, `crypt`, `lvm`, `raid1`; `disk` for what fills the disk without a table. */
  readonly kind: string;
  readonly sizeBytes: number;
  /** File system or member of something: `ext4`, `crypto_LUKS`, `LVM2_member`; empty where nothing is known. */
  readonly content: string;
  readonly label: string;
  /** In words, as its table says: `EFI System`. */
  readonly partitionType: string;
  readonly mountPoints: readonly string[];
}
