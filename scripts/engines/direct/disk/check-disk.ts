import type { KickstartModel } from 'kickstart-parser';
import { fileSystems, isNeededToMount, roleOf } from '../../../configure/index.ts';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import { type AskedPartition, askedPartitions, isBtrfsMember } from './asked-partitions.ts';
import { checkBtrfs } from './check-btrfs.ts';
import { finding } from './storage-finding.ts';

/** What of a kickstart with partitions cannot become a disk image, although each option by itself could. */
export function checkDisk(model: KickstartModel, packages: ReadonlySet<string>): Diagnostic[] {
  const { bootloader, autopart } = model.commands;
  const asked = askedPartitions(model);
  const [first] = asked;
  // Only commands that are refused anyway.
  if (!first) return [];
  const noLoader = bootloader === undefined || bootloader.location === 'none' || bootloader.disabled;
  const places = asked.flatMap(({ mountPoint, subvolumes = [] }) => [
    mountPoint,
    ...subvolumes.map((s) => s.mountPoint),
  ]);
  return [
    ...(autopart ? checkAutopart(autopart) : []),
    // Parts of what is refused for its own sake.
    ...asked.filter(({ mountPoint }) => !/^(?:pv|raid)\./.test(mountPoint)).flatMap(refusePart),
    ...unusedMembers(model),
    ...checkBtrfs(model),
    ...refuseGrowth(asked, packages),
    ...refuseTable(model),
    ...repeated(asked),
    ...(places.includes('/') ? [] : [finding(first, 'no part / holds the system')]),
    ...(noLoader
      ? [finding(bootloader ?? first, 'a disk needs a boot loader', 'Say `bootloader --location=mbr`.')]
      : refuseLoader(model, asked, packages)),
  ];
}

/** Parts of LVM and RAID that nothing is made of. */
function unusedMembers({ commands }: KickstartModel): Diagnostic[] {
  const { part, volgroup, raid } = commands;
  if (volgroup.length > 0 || raid.length > 0) return [];
  return part
    .filter(({ mountpoint }) => /^(?:pv|raid)\./.test(mountpoint))
    .map((entry) => finding(entry, `part ${entry.mountpoint}: nothing is made of it`, 'Leave it out.'));
}

function checkAutopart(autopart: NonNullable<KickstartModel['commands']['autopart']>): Diagnostic[] {
  const { type = 'plain', fstype } = autopart;
  if (type === 'lvm' || type === 'thinp') {
    const why = 'LVM is made by the kernel’s device-mapper, on a disk that is attached';
    const hint = 'Say `autopart --type=plain` or `--type=btrfs`, or install the flavour: an installer makes LVM.';
    return [finding(autopart, `autopart --type=${type}: ${why}`, hint)];
  }
  return type === 'btrfs' && fstype !== undefined && fstype !== 'btrfs'
    ? [finding(autopart, `autopart --type=btrfs --fstype=${fstype}: the file system is Btrfs`)]
    : [];
}

/** Firmware finds a boot loader only in a partition of its own. */
function refuseLoader(
  model: KickstartModel,
  asked: readonly AskedPartition[],
  packages: ReadonlySet<string>,
): Diagnostic[] {
  const { bootloader } = model.commands;
  const [first] = asked;
  const roles = asked.map((entry) => roleOf(entry.mountPoint, entry.fileSystem));
  const sdboot = bootloader?.sdboot === true;
  const boot = asked.find(({ mountPoint }) => mountPoint === '/boot');
  if (sdboot && boot) {
    const hint = 'Leave /boot out: systemd-boot reads kernels from the EFI partition.';
    return [finding(boot, `${boot.by}: systemd-boot does not read this file system`, hint)];
  }
  if (sdboot && !packages.has('systemd-boot') && !packages.has('systemd-boot-efi')) {
    return [finding(bootloader ?? first ?? {}, 'systemd-boot is asked for, and is not in %packages')];
  }
  if (roles.includes('esp') || (roles.includes('bios-boot') && !sdboot)) return [];
  return [
    finding(
      first ?? {},
      sdboot ? 'systemd-boot needs a part /boot/efi' : 'no partition holds the boot loader',
      'Say `reqpart`, or add `part /boot/efi --fstype=efi --size=64` for UEFI, `part biosboot --fstype=biosboot --size=1` for BIOS, or both.',
    ),
  ];
}

function refusePart(entry: AskedPartition): Diagnostic[] {
  const { mountPoint, fileSystem = 'ext4', by, subvolumes = [] } = entry;
  if (roleOf(mountPoint, fileSystem) !== 'file-system') return [];
  if (!fileSystems.includes(fileSystem)) {
    return [finding(entry, `${by} --fstype=${fileSystem}: must be ${fileSystems.join(', ')}`)];
  }
  const places = subvolumes.length > 0 || isBtrfsMember(by.replace('part ', '')) ? [] : [mountPoint];
  return [...places, ...subvolumes.map((one) => one.mountPoint)].flatMap((place) => {
    if (!place.startsWith('/')) return [finding(entry, `${by}: ${place || 'nothing'} is not a mount point`)];
    if (place.startsWith('/boot/')) {
      return [finding(entry, `${by}: the boot loader finds no kernels there`, 'Say `part /boot`, or leave it out.')];
    }
    return isNeededToMount(place)
      ? [finding(entry, `${by}: the system needs ${place} before it can mount anything`)]
      : [];
  });
}

/** Growing is systemd-repart's work, at each start; it moves no partition. */
function refuseGrowth(asked: readonly AskedPartition[], packages: ReadonlySet<string>): Diagnostic[] {
  return asked
    .filter(({ grows }) => grows)
    .flatMap((entry) => {
      const by = entry.by === 'autopart' ? 'autopart' : `${entry.by} --grow`;
      if (roleOf(entry.mountPoint, entry.fileSystem) !== 'file-system') {
        return [finding(entry, `${by}: only a file system can grow`)];
      }
      if (entry !== asked.at(-1)) {
        const hint = 'Make it the last one, or drop --grow.';
        return [finding(entry, `${by}: on an image only the last partition can grow`, hint)];
      }
      if (packages.has('systemd-repart')) return [];
      const hint = 'Add systemd-repart to %packages: it makes the partition larger when the system starts.';
      return [finding(entry, `${by} needs the package systemd-repart, which is not listed`, hint)];
    });
}

/** The partition table is a GPT, whatever is said. */
function refuseTable(model: KickstartModel): Diagnostic[] {
  const { clearpart } = model.commands;
  const label = clearpart?.disklabel ?? '';
  if (clearpart === undefined || ['', 'gpt'].includes(label)) return [];
  return [finding(clearpart, `clearpart --disklabel=${label}: the direct engine makes a GPT`)];
}

function repeated(asked: readonly AskedPartition[]): Diagnostic[] {
  const all = asked.flatMap((entry) => {
    const { mountPoint, subvolumes = [] } = entry;
    return [mountPoint, ...subvolumes.map((one) => one.mountPoint)]
      .filter((place) => place !== '')
      .map((place) => ({ entry, place }));
  });
  return all
    .filter(({ place }, index) => all.findIndex((other) => other.place === place) < index)
    .map(({ entry, place }) => finding(entry, `${place} is given twice`));
}
