import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Disk } from '../computer/computer.ts';
import type { Divided } from './divide.ts';
import { finding } from './finding.ts';
import type { EncryptedDevice, FileSystem, FileSystemKind, Layout, Swap, VolumeGroup } from './layout.ts';
import { shareSpace } from './sizes.ts';
import type { Wanted, WantedStorage, WantedVolume } from './wanted.ts';

interface Asked {
  readonly wanted: WantedStorage;
  readonly divided: readonly Divided[];
  readonly bootDisk: Disk;
  readonly newUuid: () => string;
}

/** What LUKS 2 keeps for itself at the start of a device. */
const luksHeaderMiB = 16;
/** Volume groups count in extents, and keep one for themselves on each device. */
const extentMiB = 4;

/** Puts encryption, volume groups and file systems on top of the partitions. */
export function stackDevices({ wanted, divided, bootDisk, newUuid }: Asked): {
  readonly layout: Layout;
  readonly rootMiB: number;
  readonly findings: readonly Diagnostic[];
} {
  const encrypted: EncryptedDevice[] = [];
  const fileSystems: FileSystem[] = [];
  const swaps: Swap[] = [];
  const findings: Diagnostic[] = [];
  let rootMiB = 0;
  const rootGroup = wanted.volumes.find(({ place }) => place === '/')?.group;
  const rootMembers = wanted.groups.find(({ name }) => name === rootGroup)?.members ?? [];

  /** The device that content goes to: the one given, or what it is once it is decrypted. */
  const opened = (one: Wanted, device: string): string => {
    if (one.passphrase === undefined) return device;
    const name = one.place === '/' ? 'root' : one.place.replace(/^\//, '').replaceAll(/[^A-Za-z0-9]+/g, '-');
    const isNeededForRoot = one.place === '/' || rootMembers.includes(one.place);
    encrypted.push({ device, name, uuid: newUuid(), passphrase: one.passphrase, isNeededForRoot });
    return `/dev/mapper/${name}`;
  };
  const fill = (one: Wanted, device: string, sizeMiB: number) => {
    const target = opened(one, device);
    if (one.role === 'swap') swaps.push({ device: target, uuid: newUuid() });
    else if (one.role === 'esp' || one.role === 'file-system') fileSystems.push(fileSystem(one, target, newUuid()));
    if (one.place === '/') rootMiB = sizeMiB - (one.passphrase === undefined ? 0 : luksHeaderMiB);
  };

  const partitions = divided.flatMap((disk) => disk.partitions);
  const members = new Map<string, { readonly device: string; readonly spaceMiB: number }>();
  for (const { wanted: one, partition } of partitions) {
    if (one.role !== 'physical-volume') fill(one, partition.device, partition.sizeMiB);
    else {
      const header = one.passphrase === undefined ? 0 : luksHeaderMiB;
      const spaceMiB = Math.floor((partition.sizeMiB - header) / extentMiB - 1) * extentMiB;
      members.set(one.place, { device: opened(one, partition.device), spaceMiB });
    }
  }
  const groups: VolumeGroup[] = wanted.groups.map((group) => {
    const own = group.members.flatMap((member) => members.get(member) ?? []);
    const spaceMiB = own.reduce((sum, member) => sum + member.spaceMiB, 0);
    const volumes = wanted.volumes.filter((volume) => volume.group === group.name);
    const sizes = shareSpace(
      volumes.map((volume) => sharer(volume, spaceMiB)),
      spaceMiB,
    );
    if (sizes === undefined)
      findings.push(finding(group, `the volumes of ${group.name} take more than its ${spaceMiB} MiB`));
    const made = volumes.map((volume, index) => {
      const sizeMiB = Math.floor((sizes?.[index] ?? 0) / extentMiB) * extentMiB;
      if (sizes !== undefined && sizeMiB < extentMiB)
        findings.push(finding(volume, `logvol ${volume.place} has no size`));
      fill(volume, `/dev/${group.name}/${volume.name}`, sizeMiB);
      return { name: volume.name, sizeMiB };
    });
    return { name: group.name, devices: own.map(({ device }) => device), volumes: made };
  });

  const sorted = [...fileSystems].sort((one, other) => depth(one.mountPoint) - depth(other.mountPoint));
  const root = sorted.find(({ mountPoint }) => mountPoint === '/');
  const separate = sorted.find(({ mountPoint }) => mountPoint === '/boot');
  const bootSystem = separate ?? root;
  if (root === undefined || bootSystem === undefined) throw new Error('a layout without a root file system passed');
  const onBootDisk = divided.find(({ layout }) => layout.disk === bootDisk)?.layout.partitions ?? [];
  const esp = onBootDisk.find(({ type }) => type === 'esp')?.number;
  return {
    rootMiB,
    findings,
    layout: {
      disks: divided.map(({ layout }) => layout),
      encrypted,
      groups,
      fileSystems: sorted,
      swaps,
      boot: {
        loader: wanted.loader,
        disk: bootDisk,
        fileSystemUuid: bootSystem.uuid,
        menuDirectory: separate === undefined ? '/boot/grub' : '/grub',
        isSeparate: separate !== undefined,
        hasBios:
          wanted.loader === 'grub' &&
          onBootDisk.some(({ type }) => type === 'bios-boot') &&
          bootDisk.sectorBytes === 512,
        ...(esp !== undefined && { esp }),
      },
      rootArguments: rootArguments(
        root,
        encrypted,
        groups.find(({ name }) => name === rootGroup),
        wanted.volumes,
      ),
    },
  };
}

function sharer({ sizeMiB, grows, maximumMiB, percent }: WantedVolume, spaceMiB: number) {
  const size = sizeMiB ?? (percent === undefined ? (grows ? extentMiB : 0) : Math.floor((spaceMiB * percent) / 100));
  return { sizeMiB: Math.ceil(size / extentMiB) * extentMiB, grows, ...(maximumMiB !== undefined && { maximumMiB }) };
}

function fileSystem(one: Wanted, device: string, uuid: string): FileSystem {
  const kind = one.role === 'esp' ? 'vfat' : kindOf(one.fileSystem);
  return {
    device,
    kind,
    uuid: kind === 'vfat' ? uuid.slice(0, 8).toUpperCase() : uuid,
    label:
      one.label ??
      (one.place === '/' ? 'phyllome' : kind === 'vfat' ? 'ESP' : (one.place.split('/').at(-1) ?? '').slice(0, 12)),
    mountPoint: one.place,
    mountOptions: one.mountOptions ?? (kind === 'vfat' ? 'umask=0077,shortname=winnt' : 'defaults'),
    makingOptions: one.makingOptions,
  };
}

function kindOf(name: string): FileSystemKind {
  if (name === 'ext4' || name === 'xfs' || name === 'btrfs') return name;
  throw new Error(`file system ${name} passed`);
}

/** What dracut is told. A device that is encrypted has a name of its own, so that the root file system can be named by it. */
function rootArguments(
  root: FileSystem,
  encrypted: readonly EncryptedDevice[],
  group: VolumeGroup | undefined,
  volumes: readonly WantedVolume[],
): string[] {
  const volume = volumes.find(({ place }) => place === '/');
  const isPlain = !root.device.startsWith('/dev/mapper/') && group === undefined;
  return [
    `root=${isPlain ? `UUID=${root.uuid}` : root.device}`,
    ...encrypted
      .filter(({ isNeededForRoot }) => isNeededForRoot)
      .map(({ uuid, name }) => `rd.luks.name=${uuid}=${name}`),
    ...(group !== undefined && volume !== undefined ? [`rd.lvm.lv=${group.name}/${volume.name}`] : []),
  ];
}

function depth(mountPoint: string): number {
  return mountPoint === '/' ? 0 : mountPoint.split('/').length - 1;
}
