import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import { isBtrfsMember, isUnmounted, namesOf, parentOf } from './asked-partitions.ts';
import { finding } from './storage-finding.ts';

type Btrfs = KickstartModel['commands']['btrfs'][number];

/** Volumes of one partition each, with subvolumes at their top. */
export function checkBtrfs({ commands }: KickstartModel): Diagnostic[] {
  const { btrfs, part } = commands;
  const volumes = btrfs.filter(({ subvol }) => !subvol);
  const subvolumes = btrfs.filter(({ subvol }) => subvol);
  const members = part.filter(({ mountpoint }) => isBtrfsMember(mountpoint));
  const unused = members.filter(({ mountpoint }) => !volumes.some(({ devices }) => devices.includes(mountpoint)));
  return [
    ...volumes.flatMap((volume) =>
      checkVolume(
        volume,
        members.map(({ mountpoint }) => mountpoint),
      ),
    ),
    ...volumes.flatMap((volume) => checkUse(volume, subvolumes)),
    ...subvolumes.flatMap((one) => checkSubvolume(one, volumes)),
    ...sameName(subvolumes),
    ...unused.map((one) =>
      finding(one, `part ${one.mountpoint}: no volume has it`, `Say \`btrfs none --label=data ${one.mountpoint}\`.`),
    ),
  ];
}

function checkVolume(volume: Btrfs, members: readonly string[]): Diagnostic[] {
  const { devices } = volume;
  if (devices.length !== 1) {
    const message = `btrfs ${volume.mountpoint}: of ${devices.length} partitions, and a disk image is one disk`;
    return [finding(volume, message, 'Name one partition.')];
  }
  const [device = ''] = devices;
  return members.includes(device)
    ? []
    : [finding(volume, `btrfs ${volume.mountpoint}: there is no part ${device}`, `Add \`part ${device} --size=…\`.`)];
}

/** A volume that is mounted shows its subvolumes as directories: they would be there twice. */
function checkUse(volume: Btrfs, subvolumes: readonly Btrfs[]): Diagnostic[] {
  const own = subvolumes.filter((one) => namesOf(volume).includes(parentOf(one)));
  const isMounted = !isUnmounted(volume.mountpoint);
  if (isMounted && own.length > 0) {
    const hint = `Say \`btrfs none\` and a subvolume for ${volume.mountpoint}.`;
    return [finding(volume, `btrfs ${volume.mountpoint}: mounted itself, and of subvolumes`, hint)];
  }
  return isMounted || own.length > 0 ? [] : [finding(volume, `btrfs none: nothing of this volume is mounted`)];
}

function checkSubvolume(one: Btrfs, volumes: readonly Btrfs[]): Diagnostic[] {
  const by = `btrfs ${one.mountpoint} --subvol`;
  if (isUnmounted(one.mountpoint)) return [finding(one, `${by}: it is mounted nowhere`)];
  if (!/^[\w@.-]+$/.test(one.name)) {
    return [
      finding(one, `${by} --name=${one.name}: must be one word of letters, digits, \`@\`, \`.\`, \`_\` and \`-\``),
    ];
  }
  return volumes.some((volume) => namesOf(volume).includes(parentOf(one)))
    ? []
    : [finding(one, `${by}: there is no volume ${parentOf(one)}`, 'Name a volume by its --label.')];
}

function sameName(subvolumes: readonly Btrfs[]): Diagnostic[] {
  const same = (a: Btrfs, b: Btrfs) => a.name === b.name && parentOf(a) === parentOf(b);
  return subvolumes
    .filter((one, index) => subvolumes.findIndex((other) => same(one, other)) < index)
    .map((one) => finding(one, `btrfs ${one.mountpoint} --name=${one.name}: the volume has one of that name`));
}
