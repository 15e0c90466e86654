import type { Command } from '../process/index.ts';

/** A disk, a partition, or what is made of them, as lsblk lists it. */
export interface BlockDevice {
  /** The kernel's name: `sdb`, `dm-0`. */
  readonly name: string;
  readonly path: string;
  /** Major and minor number: `8:16`. */
  readonly number: string;
  /** `disk`, `part`, `rom`, `loop`, `lvm`, `crypt`, `raid1`, `mpath` … */
  readonly type: string;
  readonly bytes: number;
  readonly sectorBytes: number;
  readonly isReadOnly: boolean;
  readonly saysRemovable: boolean;
  /** `usb`, `sata`, `nvme`, `mmc` …; empty where the kernel does not tell. */
  readonly bus: string;
  readonly model: string;
  readonly serial: string;
  /** Of the partition table on it: `gpt`, `dos`; empty without one. */
  readonly table: string;
  /** Of the file system, RAID, LVM or encryption on it. */
  readonly content: string;
  readonly label: string;
  readonly children: readonly BlockDevice[];
}

const columns =
  'NAME,KNAME,PATH,MAJ:MIN,TYPE,SIZE,LOG-SEC,RO,RM,TRAN,VENDOR,MODEL,SERIAL,PTTYPE,FSTYPE,LABEL,PARTLABEL';

/** Lists all block devices of this computer, empty drives among them, and below each what is made of it. */
export const listing: Command = { argv: ['lsblk', '--json', '--bytes', '--all', '--tree', '--output', columns] };

type Row = Readonly<Record<string, unknown>> & { readonly children?: readonly Row[] };

/** What `listing` printed. Earlier versions of lsblk write numbers and truth as text. */
export function readListing(json: string): readonly BlockDevice[] {
  return (JSON.parse(json) as { readonly blockdevices: readonly Row[] }).blockdevices.map(deviceOf);
}

function deviceOf(row: Row): BlockDevice {
  const words = (column: string) => String(row[column] ?? '').trim();
  const isTrue = (column: string) => ['true', '1'].includes(words(column));
  return {
    name: words('kname'),
    path: words('path'),
    number: words('maj:min'),
    type: words('type'),
    bytes: Number(words('size')),
    sectorBytes: Number(words('log-sec')) || 512,
    isReadOnly: isTrue('ro'),
    saysRemovable: isTrue('rm'),
    bus: words('tran'),
    model: nameOf(words('vendor'), words('model')),
    serial: words('serial'),
    table: words('pttype'),
    content: words('fstype'),
    label: words('label') || words('partlabel'),
    children: (row.children ?? []).map(deviceOf),
  };
}

/** A vendor that is a number of PCI, the name of a bus, or in the model already says nothing. */
function nameOf(vendor: string, model: string): string {
  const saysNothing = /^(?:0x[\da-f]{4}|ATA|)$/i.test(vendor) || model.startsWith(vendor);
  return saysNothing ? model : `${vendor} ${model}`.trim();
}

/** The device itself and all that is made of it. */
export function withDescendants(device: BlockDevice): readonly BlockDevice[] {
  return [device, ...device.children.flatMap(withDescendants)];
}
