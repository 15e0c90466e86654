import { emptiedDirectories } from '../emptied-directories.ts';
import type { Partition } from './layout.ts';

const types = {
  'bios-boot': '21686148-6449-6e6f-744e-656564454649',
  esp: 'esp',
  swap: 'swap',
  'file-system': 'linux-generic',
};

/**
 * One file of systemd-repart (repart.d(5)) for each partition, in their order on the disk.
 * `root`: directory with the finished tree; `esp`: what goes on the EFI system partition; both as systemd-repart sees them
 * from its `--copy-source=`.
 */
export function repartDefinitions(
  partitions: readonly Partition[],
  directories: { readonly root: string; readonly esp: string },
): { readonly name: string; readonly content: string }[] {
  const mountPoints = partitions.filter(({ role }) => role === 'file-system').map(({ mountPoint }) => mountPoint);
  const emptied = emptiedDirectories.filter((directory) => !mountPoints.includes(`/${directory}`));
  return partitions.map((partition) => {
    const { number, role, mountPoint, label, sizeMiB, fileSystem, uuid } = partition;
    const below = mountPoints.filter((other) => other !== mountPoint && isBelow(other, mountPoint));
    const source = `${directories.root}${mountPoint === '/' ? '' : mountPoint}`;
    const lines = [
      '[Partition]',
      `Type=${typeOf(role, mountPoint)}`,
      `UUID=${uuid}`,
      `Label=${label}`,
      `SizeMinBytes=${sizeMiB}M`,
      `SizeMaxBytes=${sizeMiB}M`,
      ...(role === 'bios-boot' ? [] : [`Format=${fileSystem}`]),
      ...(role === 'esp' ? [`CopyFiles=${directories.esp}:/`] : []),
      ...(role === 'file-system' ? [`CopyFiles=${source}/:/`] : []),
      // Where there is an EFI system partition, systemd-repart takes /boot for its mount point and leaves it out.
      ...(mountPoint === '/' ? [`CopyFiles=${source}/boot/:/boot/`] : []),
      ...(role === 'file-system' ? below.map((other) => `ExcludeFiles=${directories.root}${other}/`) : []),
      ...(mountPoint === '/' ? emptied.map((directory) => `ExcludeFiles=${directories.root}/${directory}/`) : []),
    ];
    return { name: definitionName(number, role), content: `${lines.join('\n')}\n` };
  });
}

/**
 * What systemd-repart finds at each start of the system: the same partitions, of which the growing one has no largest size.
 * None where nothing grows.
 */
export function growthDefinitions(
  partitions: readonly Partition[],
): { readonly name: string; readonly content: string }[] {
  if (!partitions.some(({ grows }) => grows)) return [];
  return partitions.map(({ number, role, mountPoint, sizeMiB, grows }) => {
    const lines = [
      '[Partition]',
      `Type=${typeOf(role, mountPoint)}`,
      `SizeMinBytes=${sizeMiB}M`,
      ...(grows ? [] : [`SizeMaxBytes=${sizeMiB}M`]),
    ];
    return { name: definitionName(number, role), content: `${lines.join('\n')}\n` };
  });
}

function typeOf(role: Partition['role'], mountPoint: string): string {
  return mountPoint === '/' ? 'root-x86-64' : types[role];
}

function definitionName(number: number, role: Partition['role']): string {
  return `${String(number).padStart(2, '0')}-${role}.conf`;
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** /etc/fstab of the installed system. */
export function fileSystemTable(partitions: readonly Partition[]): string {
  const rows = partitions
    .filter(({ role }) => role !== 'bios-boot')
    .map(({ uuid, role, mountPoint, fileSystem, mountOptions, grows }) => {
      // The file system follows its partition.
      const options = grows ? `${mountOptions},x-systemd.growfs` : mountOptions;
      const where = role === 'swap' ? 'none' : role === 'esp' ? '/boot/efi' : mountPoint;
      const check = role !== 'file-system' || fileSystem !== 'ext4' ? 0 : mountPoint === '/' ? 1 : 2;
      return `PARTUUID=${uuid} ${where} ${fileSystem} ${options} 0 ${check}\n`;
    });
  return `# Written with the disk image.\n${rows.join('')}`;
}
