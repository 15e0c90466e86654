import { emptiedDirectories } from '../emptied-directories.ts';
import { hasOwnBoot, type Mount, mountsOf, type Partition } from './layout.ts';

const types = {
  'bios-boot': '21686148-6449-6e6f-744e-656564454649',
  esp: 'esp',
  swap: 'swap',
  'file-system': 'linux-generic',
};

/** File systems whose UUID can be changed only while they are not mounted. */
const renamedUnmounted = ['xfs', 'btrfs'];
/**
 * Attribute 48 of a partition, which is free for whoever makes partitions of that type: its file system is as the build made it.
 * The initramfs of `disk-image` gives it a UUID of its own, and the system that starts takes the mark away.
 */
const newFileSystem = '0x0001000000000000';

/** Links to the newest kernel at the top of the tree, which are in /boot where that is a file system of its own. */
const kernelLinks = ['vmlinuz', 'vmlinuz.old', 'initrd.img', 'initrd.img.old'];

/**
 * One file of systemd-repart (repart.d(5)) for each partition, in their order on the disk.
 * `root`: directory with the finished tree, as systemd-repart sees it from its `--copy-source=`; `espImage`: the EFI system partition as
 * it is.
 */
export function repartDefinitions(
  partitions: readonly Partition[],
  directories: { readonly root: string; readonly espImage: string },
): { readonly name: string; readonly content: string }[] {
  const mounts = mountsOf(partitions);
  return partitions.map((partition) => {
    const { number, role, label, sizeMiB, fileSystem, uuid, subvolumes } = partition;
    const own = mounts.filter((mount) => mount.partition === partition);
    const lines = [
      '[Partition]',
      `Type=${typeOf(partition)}`,
      `UUID=${uuid}`,
      `Label=${label}`,
      `SizeMinBytes=${sizeMiB}M`,
      `SizeMaxBytes=${sizeMiB}M`,
      ...(role === 'bios-boot' || role === 'esp' ? [] : [`Format=${fileSystem}`]),
      ...(own.some(isRoot) && renamedUnmounted.includes(fileSystem) ? [`Flags=${newFileSystem}`] : []),
      ...(role === 'esp' ? [`CopyBlocks=${directories.espImage}`] : []),
      ...(subvolumes.length > 0 ? [`Subvolumes=${subvolumes.map(({ name }) => `/${name}`).join(' ')}`] : []),
      ...emptyOf(own),
      ...own.flatMap((mount) => copied(mount, mounts, directories.root)),
      ...own.flatMap((mount) => excluded(mount, mounts, directories.root)),
      ...(own.some(isRoot) ? excludedOfRoot(partitions, directories.root) : []),
    ];
    return { name: definitionName(number, role), content: `${lines.join('\n')}\n` };
  });
}

const isRoot = ({ mountPoint }: Mount): boolean => mountPoint === '/';

/** Where a mount's files lie in its file system. */
const topOf = ({ subvolume }: Mount): string => (subvolume === undefined ? '' : `/${subvolume}`);

function copied(mount: Mount, mounts: readonly Mount[], root: string): readonly string[] {
  const source = `${root}${isRoot(mount) ? '' : mount.mountPoint}`;
  const hasBoot = mounts.some(({ mountPoint }) => mountPoint === '/boot');
  return [
    `CopyFiles=${source}/:${topOf(mount)}/`,
    // Where there is an EFI system partition, systemd-repart takes /boot for its mount point and leaves it out.
    ...(isRoot(mount) && !hasBoot ? [`CopyFiles=${source}/boot/:${topOf(mount)}/boot/`] : []),
  ];
}

/** Subvolumes are made of directories that are there; the tree need not have what is only mounted later. */
function emptyOf(own: readonly Mount[]): readonly string[] {
  const places = own.filter(({ subvolume }) => subvolume !== undefined).map(topOf);
  return places.length === 0 ? [] : [`MakeDirectories=${places.join(' ')}`];
}

/** What is mounted below is somebody else's: its directory alone stays. */
function excluded(mount: Mount, mounts: readonly Mount[], root: string): readonly string[] {
  return mounts
    .filter(({ mountPoint }) => mountPoint !== mount.mountPoint && isBelow(mountPoint, mount.mountPoint))
    .map((other) => {
      if (other.partition !== mount.partition) return `ExcludeFiles=${root}${other.mountPoint}/`;
      // The same files go into another subvolume of this file system.
      const below = other.mountPoint.slice(isRoot(mount) ? 0 : mount.mountPoint.length);
      return `ExcludeFilesTarget=${topOf(mount)}${below}/`;
    });
}

function excludedOfRoot(partitions: readonly Partition[], root: string): readonly string[] {
  const mounted = mountsOf(partitions).map(({ mountPoint }) => mountPoint);
  return [
    ...emptiedDirectories
      .filter((directory) => !mounted.includes(`/${directory}`))
      .map((directory) => `ExcludeFiles=${root}/${directory}/`),
    ...(hasOwnBoot(partitions) ? kernelLinks.map((link) => `ExcludeFiles=${root}/${link}`) : []),
  ];
}

/**
 * What systemd-repart finds at each start of the system: the same partitions, of which the growing one has no largest size.
 * None where nothing grows.
 */
export function growthDefinitions(
  partitions: readonly Partition[],
): { readonly name: string; readonly content: string }[] {
  if (!partitions.some(({ grows }) => grows)) return [];
  return partitions.map((partition) => {
    const { number, role, sizeMiB, grows } = partition;
    const lines = [
      '[Partition]',
      `Type=${typeOf(partition)}`,
      `SizeMinBytes=${sizeMiB}M`,
      ...(grows ? [] : [`SizeMaxBytes=${sizeMiB}M`]),
    ];
    return { name: definitionName(number, role), content: `${lines.join('\n')}\n` };
  });
}

function typeOf(partition: Partition): string {
  return mountsOf([partition]).some(isRoot) ? 'root-x86-64' : types[partition.role];
}

function definitionName(number: number, role: Partition['role']): string {
  return `${String(number).padStart(2, '0')}-${role}.conf`;
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** /etc/fstab of the installed system. */
export function fileSystemTable(partitions: readonly Partition[]): string {
  const rows = partitions.flatMap((partition) => {
    const { uuid, role, fileSystem, mountOptions } = partition;
    const row = (where: string, options: string, check = 0) =>
      `PARTUUID=${uuid} ${where} ${fileSystem} ${options} 0 ${check}\n`;
    if (role === 'bios-boot') return [];
    if (role === 'swap') return [row('none', mountOptions)];
    if (role === 'esp') return [row('/boot/efi', mountOptions)];
    return mountsOf([partition]).map((mount, index) => {
      const options = [
        ...(mount.subvolume === undefined ? [] : [`subvol=${mount.subvolume}`]),
        mountOptions,
        // The file system follows its partition, and is one, however many parts of it are mounted.
        ...(partition.grows && index === 0 ? ['x-systemd.growfs'] : []),
      ];
      return row(mount.mountPoint, options.join(','), fileSystem !== 'ext4' ? 0 : isRoot(mount) ? 1 : 2);
    });
  });
  return `# Written with the disk image.\n${rows.join('')}`;
}
