import type { KickstartModel } from 'kickstart-parser';
import type { Span } from '../../../diagnostic/index.ts';

/** A partition as the kickstart asks for it, by whichever command. */
export interface AskedPartition {
  /** Empty where only subvolumes are mounted. */
  readonly mountPoint: string;
  readonly fileSystem?: string | undefined;
  readonly sizeMiB?: number | undefined;
  readonly label?: string | undefined;
  readonly mountOptions?: string | undefined;
  readonly grows: boolean;
  readonly subvolumes?: readonly Subvolume[];
  /** The command that asks for it, as it is called in messages. */
  readonly by: string;
  readonly span?: Span | undefined;
}

/** A directory at the top of a Btrfs volume that is mounted apart. */
export interface Subvolume {
  readonly name: string;
  readonly mountPoint: string;
}

type Commands = KickstartModel['commands'];

/** A partition that waits for `btrfs` to say what it is part of. */
export const isBtrfsMember = (mountPoint: string): boolean => mountPoint.startsWith('btrfs.');

/** A volume is mounted nowhere by itself. */
export const isUnmounted = (mountPoint: string): boolean => ['none', 'None', ''].includes(mountPoint);

/**
 * All partitions, in their order on the disk: what firmware needs first (`reqpart`, `autopart`), then the kickstart's own, and
 * last what grows to the disk by itself (`autopart`). No disk is known yet: there is no swap and no /home by its size.
 */
export function askedPartitions({ commands }: KickstartModel): readonly AskedPartition[] {
  const own = commands.part.map((entry) => ownPartition(entry, commands));
  const has = (mountPoint: string) => own.some((one) => one.mountPoint === mountPoint);
  return [...forFirmware(commands).filter(({ mountPoint }) => !has(mountPoint)), ...own, ...automatic(commands)];
}

function forFirmware({ reqpart, autopart, bootloader }: Commands): readonly AskedPartition[] {
  const command = reqpart ?? autopart;
  if (command === undefined) return [];
  const by = reqpart ? 'reqpart' : 'autopart';
  const asked = { grows: false, by, span: command.span };
  const isSystemdBoot = bootloader?.sdboot === true;
  // systemd-boot reads kernels from the EFI partition: three of them have room.
  const efi = { ...asked, mountPoint: '/boot/efi', fileSystem: 'efi', ...(isSystemdBoot && { sizeMiB: 512 }) };
  const wantsBoot = reqpart?.addBoot === true || (autopart !== undefined && !autopart.noboot && !isSystemdBoot);
  return [
    ...(isSystemdBoot ? [] : [{ ...asked, mountPoint: 'biosboot', fileSystem: 'biosboot' }]),
    efi,
    ...(wantsBoot ? [{ ...asked, mountPoint: '/boot', fileSystem: 'ext4', sizeMiB: 1024 }] : []),
  ];
}

function automatic({ autopart }: Commands): readonly AskedPartition[] {
  if (autopart === undefined) return [];
  const { type, fstype, nohome, span } = autopart;
  const asked = { grows: true, sizeMiB: 8192, by: 'autopart', span };
  if (type !== 'btrfs') return [{ ...asked, mountPoint: '/', fileSystem: fstype ?? 'ext4' }];
  const home = nohome ? [] : [{ name: 'home', mountPoint: '/home' }];
  return [{ ...asked, mountPoint: '', fileSystem: 'btrfs', subvolumes: [{ name: 'root', mountPoint: '/' }, ...home] }];
}

function ownPartition(entry: Commands['part'][number], { btrfs }: Commands): AskedPartition {
  const { mountpoint, fstype, size, label, fsopts, grow, span } = entry;
  const asked = { sizeMiB: size, label, mountOptions: fsopts, grows: grow === true, by: `part ${mountpoint}`, span };
  if (!isBtrfsMember(mountpoint)) return { ...asked, mountPoint: mountpoint, fileSystem: fstype };
  const volume = btrfs.find((one) => !one.subvol && one.devices.includes(mountpoint));
  const names = volume === undefined ? [] : namesOf(volume);
  return {
    ...asked,
    mountPoint: volume === undefined || isUnmounted(volume.mountpoint) ? '' : volume.mountpoint,
    fileSystem: 'btrfs',
    ...(volume?.label && { label: volume.label }),
    subvolumes: btrfs
      .filter((one) => one.subvol && names.includes(parentOf(one)))
      .map((one) => ({ name: one.name, mountPoint: one.mountpoint })),
  };
}

type Btrfs = Commands['btrfs'][number];

/** What subvolumes may call their volume by: its label, its mount point, its partition. */
export function namesOf({ label, mountpoint, devices }: Btrfs): readonly string[] {
  return [label, mountpoint, ...devices].filter((name) => !isUnmounted(name));
}

/** `LABEL=fedora` is `fedora`. */
export function parentOf({ devices: [volume = ''] }: Btrfs): string {
  return volume.replace(/^LABEL=/, '');
}
