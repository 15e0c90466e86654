import { sizeInWords } from '../../diagnostic/index.ts';
import type { Computer } from '../computer/computer.ts';
import type { DiskLayout, EncryptedDevice, FileSystem, Layout, PartitionType } from '../storage/layout.ts';
import { type Step, shell, target } from './step.ts';
import { unfinishedBootCode } from './unfinished.ts';

/** From disks with whatever is on them to the new file systems, mounted at `target` but for the EFI system partition. */
export function diskSteps(layout: Layout, computer: Pick<Computer, 'memoryMiB'>, wantsTpm: boolean): Step[] {
  return [
    ...layout.disks.map(({ disk: { name } }) =>
      shell(`Letting go of what is on /dev/${name}`, release, `/dev/${name}`, replacedPartitions(name)),
    ),
    ...layout.disks.map(tableStep),
    ...(layout.boot.hasBios ? [unfinishedStep(`/dev/${layout.boot.disk.name}`)] : []),
    { title: 'Waiting for the new partitions', argv: ['udevadm', 'settle', '--timeout=60'] },
    ...layout.encrypted.flatMap((one) => encryptSteps(one, computer, wantsTpm)),
    ...layout.groups.flatMap(({ name, devices, volumes }): Step[] => [
      {
        title: `Making the volume group ${name}`,
        argv: ['vgcreate', '--yes', '--config=devices/allow_mixed_block_sizes=1', name, ...devices],
      },
      ...volumes.map(
        (volume): Step => ({
          title: `Making the volume ${name}/${volume.name}`,
          argv: ['lvcreate', '--yes', '--wipesignatures=y', `--size=${volume.sizeMiB}m`, `--name=${volume.name}`, name],
        }),
      ),
    ]),
    ...layout.swaps.map(
      ({ device, uuid }): Step => ({ title: 'Making swap', argv: ['mkswap', `--uuid=${uuid}`, device] }),
    ),
    ...layout.fileSystems.map(fileSystemStep),
    ...mountSteps(layout),
  ];
}

/** Mounts what the system is copied to. */
export function mountSteps({ fileSystems }: Layout, again = ''): Step[] {
  return fileSystems.filter(({ kind }) => kind !== 'vfat').map((one) => mountStep(one, again));
}

/** File systems that are mounted after everything is copied: they cannot keep owners. */
export function lateMounts(layout: Layout): Step[] {
  return layout.fileSystems.filter(({ kind }) => kind === 'vfat').map((one) => mountStep(one));
}

/** Undoes what holds the disks; after a failure as well, when much of it is not there. */
export function closingSteps(layout: Layout): Step[] {
  return [
    { title: 'Writing everything to the disk', argv: ['sync'] },
    shell('Unmounting', 'cd /; if mountpoint -q "$1"; then umount --recursive "$1"; fi', target),
    ...layout.groups.map(({ name }) =>
      shell(`Closing ${name}`, 'if vgs "$1" > /dev/null 2>&1; then vgchange --activate n "$1"; fi', name),
    ),
    ...layout.encrypted.map(({ name }) =>
      shell(`Closing ${name}`, 'if [ -e "/dev/mapper/$1" ]; then cryptsetup close "$1"; fi', name),
    ),
  ];
}

/** Where the identifiers of the partitions are noted that a disk had. */
export function replacedPartitions(disk: string): string {
  return `/run/phyllome-installer/replaced-${disk}`;
}

/**
 * What the system found on the disk by itself may be in use: volumes, arrays, opened devices. Whatever is mounted stays, and the step
 * fails. Signatures go one by one, innermost first, so that nothing of an older system is found again at the same place.
 */
const release = `devices=$(lsblk --noheadings --raw --paths --output NAME,TYPE "$1" | tac | awk '!seen[$0]++')
mounted=$(lsblk --noheadings --raw --output MOUNTPOINTS "$1" | tr -d ' \\n')
[ -z "$mounted" ] || { echo "$1 is in use at $mounted" >&2; exit 1; }
lsblk --noheadings --raw --output PARTUUID "$1" >> "$2"
echo "$devices" | while read -r device type; do
  case $type in
    lvm | mpath | dm) dmsetup remove --retry "$device" ;;
    crypt) cryptsetup close "$device" ;;
    raid* | md*) mdadm --stop "$device" ;;
  esac
done
udevadm settle --timeout=30
echo "$devices" | while read -r device type; do
  case $type in part | disk) [ ! -b "$device" ] || wipefs --all --force --quiet "$device" ;; esac
done
held=$(lsblk --noheadings --raw --output TYPE "$1" | grep -Evx 'disk|part' || true)
[ -z "$held" ] || { echo "$1 is still held by: $held" >&2; exit 1; }`;

const types: Record<PartitionType, string> = {
  'bios-boot': '21686148-6449-6E6F-744E-656564454649',
  esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  root: '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709',
  linux: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
  swap: '0657FD6D-A4AB-43C4-84E5-0933C84B4F4F',
  lvm: 'E6D6D379-F507-44C2-A23C-238F2A3DF928',
  luks: 'CA7D7CCB-63ED-4C53-861C-1742536059CC',
};

function tableStep({ disk, uuid, partitions }: DiskLayout): Step {
  const lines = partitions.map(
    ({ sizeMiB, type, uuid: id, name }) => `size=${sizeMiB}MiB, type=${types[type]}, uuid=${id}, name="${name}"`,
  );
  return {
    title: `Partitioning ${disk.name} (${sizeInWords(disk.sizeBytes)})`,
    argv: ['sfdisk', '--quiet', '--wipe=always', '--wipe-partitions=always', `/dev/${disk.name}`],
    stdin: ['label: gpt', `label-id: ${uuid}`, ...lines, ''].join('\n'),
  };
}

/** Until a loader takes its place. */
function unfinishedStep(disk: string): Step {
  const script = 'printf "$1" | dd of="$2" bs=440 count=1 iflag=fullblock conv=notrunc,fsync status=none';
  return shell('Marking the disk as not finished', script, unfinishedBootCode(), disk);
}

/**
 * The cost of a try with a passphrase is fixed, not measured: a benchmark on a strong computer makes a disk that a weak one, or
 * this one with less memory, cannot open. Left to itself, cryptsetup encrypts 512 bytes at a time on disks that count so: eight
 * times the work around each of the file system's blocks. Such a device may be in one volume group with disks that count so.
 */
function encryptSteps(one: EncryptedDevice, { memoryMiB }: Pick<Computer, 'memoryMiB'>, wantsTpm: boolean): Step[] {
  const { device, name, uuid, passphrase } = one;
  const costKiB = memoryMiB < 1024 ? 65_536 : 262_144;
  const format = ['cryptsetup', 'luksFormat', '--batch-mode', '--type=luks2', '--sector-size=4096', `--uuid=${uuid}`];
  const cost = ['--pbkdf=argon2id', `--pbkdf-memory=${costKiB}`, '--pbkdf-force-iterations=4', '--pbkdf-parallel=1'];
  return [
    { title: `Encrypting ${device}`, argv: [...format, ...cost, '--key-file=-', device], stdin: passphrase },
    ...(wantsTpm
      ? [
          {
            title: `Letting the TPM open ${device}`,
            argv: [
              'systemd-cryptenroll',
              '--tpm2-device=auto',
              '--tpm2-pcrs=7',
              '--unlock-key-file=/dev/stdin',
              device,
            ],
            stdin: passphrase,
          },
        ]
      : []),
    { title: `Opening ${device}`, argv: ['cryptsetup', 'open', '--key-file=-', device, name], stdin: passphrase },
  ];
}

function fileSystemStep({ kind, device, uuid, label, mountPoint, makingOptions }: FileSystem): Step {
  const title = `Making ${kind} for ${mountPoint}`;
  switch (kind) {
    case 'ext4':
      return { title, argv: ['mkfs.ext4', '-q', '-F', '-L', label, '-U', uuid, ...makingOptions, device] };
    case 'xfs':
      return { title, argv: ['mkfs.xfs', '-q', '-f', '-L', label, '-m', `uuid=${uuid}`, ...makingOptions, device] };
    case 'btrfs':
      return { title, argv: ['mkfs.btrfs', '-q', '-f', '-L', label, '-U', uuid, ...makingOptions, device] };
    case 'vfat':
      return { title, argv: ['mkfs.vfat', '-F', '32', '-n', label, '-i', uuid, ...makingOptions, device] };
  }
}

function mountStep({ device, mountPoint, kind, mountOptions }: FileSystem, again = ''): Step {
  const place = `${target}${mountPoint === '/' ? '' : mountPoint}`;
  const script = 'mkdir -p "$1"; mount -t "$2" -o "$3" "$4" "$1"';
  return shell(`Mounting ${mountPoint}${again}`, script, place, kind, mountOptions, device);
}
