import type { Entry, KickstartModel, LogvolValue, PartValue } from 'kickstart-parser';
import { type PartitionRole, roleOf as partitionRole } from '../../configure/index.ts';
import type { Span } from '../../diagnostic/index.ts';
import type { Loader } from './layout.ts';

/** A partition or volume as the answers ask for it, whichever command asked. */
export interface Wanted {
  /** `/`, `/var`, `swap`, `biosboot`, `pv.01` */
  readonly place: string;
  readonly role: Role;
  /** `ext4` where nothing is said. */
  readonly fileSystem: string;
  readonly sizeMiB?: number;
  readonly grows: boolean;
  readonly maximumMiB?: number;
  readonly label?: string;
  readonly mountOptions?: string;
  readonly makingOptions: readonly string[];
  /** Absent where it is not encrypted. */
  readonly passphrase?: string;
  /** `part --ondisk` */
  readonly disk?: string;
  readonly span?: Span;
}

export type Role = PartitionRole | 'physical-volume';

export interface WantedVolume extends Wanted {
  readonly name: string;
  readonly group: string;
  /** Of the group's space, in place of a size. */
  readonly percent?: number;
}

export interface WantedGroup {
  readonly name: string;
  /** `pv.01` */
  readonly members: readonly string[];
  readonly span?: Span;
}

/** All that the answers say of how disks are divided. */
export interface WantedStorage {
  readonly loader: Loader;
  readonly partitions: readonly Wanted[];
  readonly groups: readonly WantedGroup[];
  readonly volumes: readonly WantedVolume[];
}

/** In MiB: room for the loaders of several systems, and for kernels before and after an update. */
const loaderSizes = { biosBoot: 1, esp: 512, espWithKernels: 1024, boot: 1024 };

/**
 * Reads `part`, `reqpart`, `autopart`, `volgroup` and `logvol`. Undefined where the answers say nothing of how disks are divided.
 * What firmware starts from is made for both firmwares where the answers leave it to the installer: a disk may move.
 */
export function wantedStorage(model: KickstartModel, newUuid: () => string): WantedStorage | undefined {
  const { autopart, bootloader, part, reqpart, volgroup, logvol } = model.commands;
  const loader = bootloader?.sdboot === true ? 'systemd-boot' : 'grub';
  if (autopart === undefined && part.length === 0) return undefined;
  if (autopart !== undefined) return automatic(autopart, loader, newUuid);
  const explicit = part.map(fromPart);
  const has = (place: string) => explicit.some((one) => one.place === place);
  const required =
    reqpart === undefined
      ? []
      : [
          ...startedFrom(loader).filter(({ place }) => !has(place)),
          ...(reqpart.addBoot && !has('/boot') ? [boot] : []),
        ];
  return {
    loader,
    partitions: inOrder([...required, ...explicit]),
    groups: volgroup.map(({ vgname, physvols, span }) => ({ name: vgname, members: physvols, span })),
    volumes: logvol.map(fromLogvol),
  };
}

const plain = { grows: false, makingOptions: [] };
const biosBoot: Wanted = {
  ...plain,
  place: 'biosboot',
  role: 'bios-boot',
  fileSystem: 'biosboot',
  sizeMiB: loaderSizes.biosBoot,
};
const esp: Wanted = { ...plain, place: '/boot/efi', role: 'esp', fileSystem: 'vfat', sizeMiB: loaderSizes.esp };
const espWithKernels: Wanted = { ...esp, sizeMiB: loaderSizes.espWithKernels };
const boot: Wanted = { ...plain, place: '/boot', role: 'file-system', fileSystem: 'ext4', sizeMiB: loaderSizes.boot };

function startedFrom(loader: Loader): readonly Wanted[] {
  return loader === 'grub' ? [biosBoot, esp] : [espWithKernels];
}

function automatic(
  autopart: NonNullable<KickstartModel['commands']['autopart']>,
  loader: Loader,
  newUuid: () => string,
): WantedStorage {
  const { span, encrypted, passphrase = '', fstype = 'ext4' } = autopart;
  const secret = encrypted ? { passphrase } : {};
  const root: Wanted = { ...plain, place: '/', role: 'file-system', fileSystem: fstype, grows: true, span };
  const isLvm = autopart.type === 'lvm';
  // GRUB finds no kernel in what is encrypted or on volumes.
  const forLoader = [...startedFrom(loader), ...(loader === 'grub' && (encrypted || isLvm) ? [boot] : [])];
  if (!isLvm) {
    return {
      loader,
      partitions: [...forLoader, { ...root, ...secret }],
      groups: [],
      volumes: [],
    };
  }
  const member: Wanted = {
    ...plain,
    place: 'pv.01',
    role: 'physical-volume',
    fileSystem: 'lvmpv',
    grows: true,
    span,
    ...secret,
  };
  // Another name each time: of two groups of one name in a computer only one is found.
  const name = `phyllome_${newUuid().slice(0, 8)}`;
  return {
    loader,
    partitions: [...forLoader, member],
    groups: [{ name, members: [member.place], span }],
    volumes: [{ ...root, name: 'root', group: name }],
  };
}

function fromPart(entry: Entry<PartValue>): Wanted {
  return {
    place: placeOf(entry.mountpoint, entry.fstype),
    role: roleOf(entry.mountpoint, entry.fstype),
    fileSystem: entry.fstype ?? 'ext4',
    grows: entry.grow,
    makingOptions: wordsOf(entry.mkfsopts),
    ...(entry.size !== undefined && { sizeMiB: entry.size }),
    ...(entry.maxSizeMB !== undefined && { maximumMiB: entry.maxSizeMB }),
    ...(entry.label !== undefined && { label: entry.label }),
    ...(entry.fsopts !== undefined && { mountOptions: entry.fsopts }),
    ...(entry.encrypted && { passphrase: entry.passphrase ?? '' }),
    ...(entry.disk !== undefined && { disk: entry.disk }),
    span: entry.span,
  };
}

function fromLogvol(entry: Entry<LogvolValue>): WantedVolume {
  return {
    place: placeOf(entry.mountpoint, entry.fstype),
    role: roleOf(entry.mountpoint, entry.fstype),
    fileSystem: entry.fstype ?? 'ext4',
    grows: entry.grow,
    makingOptions: wordsOf(entry.mkfsopts),
    name: entry.name ?? '',
    group: entry.vgname ?? '',
    ...(entry.size !== undefined && { sizeMiB: entry.size }),
    ...(entry.maxSizeMB !== undefined && { maximumMiB: entry.maxSizeMB }),
    ...(entry.percent !== undefined && { percent: entry.percent }),
    ...(entry.label !== undefined && { label: entry.label }),
    ...(entry.fsopts !== undefined && { mountOptions: entry.fsopts }),
    ...(entry.encrypted && { passphrase: entry.passphrase ?? '' }),
    span: entry.span,
  };
}

function placeOf(mountPoint: string, fileSystem: string | undefined): string {
  if (fileSystem === 'biosboot') return 'biosboot';
  return fileSystem === 'swap' ? 'swap' : mountPoint;
}

/** Beside what any partition may be for, a part of a volume group. */
function roleOf(mountPoint: string, fileSystem: string | undefined): Role {
  const role = partitionRole(mountPoint, fileSystem);
  return role === 'file-system' && /^pv\./.test(mountPoint) ? 'physical-volume' : role;
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** On the disk: what firmware starts from first, then what a boot loader reads. */
function inOrder(partitions: readonly Wanted[]): Wanted[] {
  const rank = ({ role, place }: Wanted) => (role === 'bios-boot' ? 0 : role === 'esp' ? 1 : place === '/boot' ? 2 : 3);
  return [...partitions].sort((one, other) => rank(one) - rank(other));
}
