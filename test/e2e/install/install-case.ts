import type { Firmware, TopologyFile } from '../../../scripts/lab/index.ts';
import { administrator, administratorKeys } from './administrator.ts';
import { noteIdentifiers } from './identifiers.ts';

type Disk = NonNullable<TopologyFile['disks']>[number];

/** One way of installing, and what must be so afterwards. */
export interface InstallCase {
  /** Kebab-case. */
  readonly name: string;
  /** Of the medium; installer-headless if absent. */
  readonly flavour?: 'installer-sd-boot';
  readonly firmware: Firmware;
  readonly from: 'cdrom' | 'usb';
  readonly target: Pick<Disk, 'bus' | 'sizeMiB' | 'sectorBytes'>;
  /** The computer has a TPM, and keeps it: the same one is there when the installed system starts. */
  readonly tpm?: true;
  /** Lines that say how the disk is divided, and what opens it. */
  readonly storage: readonly string[];
  /** How the answers reach the medium. */
  readonly by: 'credential' | 'oemdrv';
  /** Typed at the console when the installed system starts. */
  readonly passphrase?: string;
  /** Typed before it at the first start. */
  readonly mistyped?: readonly string[];
  /** Typed where the installed disk is put into another computer, which must ask for it. */
  readonly passphraseElsewhere?: string;
  /** What `findmnt -no FSTYPE /` says there. */
  readonly fileSystem: 'ext4' | 'xfs' | 'btrfs';
  /** Part of `ci/test`; the others are `npm run test:install`. */
  readonly usual?: true;
}

/** What is installed on, and what must be typed there when it starts. */
export type TriedComputer = Pick<
  InstallCase,
  'name' | 'flavour' | 'firmware' | 'target' | 'tpm' | 'passphrase' | 'mistyped'
> &
  Pick<TopologyFile, 'ports'>;

/** The answer file of a case. The disk is named by its link, so that no order of detection matters. */
export function answersOf(one: InstallCase): string {
  return [
    `ignoredisk --only-use=${targetLink(one.target.bus)}`,
    'zerombr',
    'clearpart --all --initlabel',
    ...one.storage,
    'lang C.UTF-8',
    'keyboard us',
    'timezone Europe/Berlin --utc',
    'network --hostname=installed',
    'rootpw --lock',
    `user --name=${administrator.name} --groups=sudo --plaintext --password="${administrator.password}"`,
    `sshkey --username=${administrator.name} "${administratorKeys().publicKey}"`,
    'poweroff',
    ...noteIdentifiers,
    '',
  ].join('\n');
}

/** Number of the target among the machine's disks: decoys are on both sides of it. */
export const targetIndex = 1;

/** The lab gives disks the names of their block nodes as serial numbers. */
function targetLink(bus: Disk['bus']): string {
  const serial = `disk${targetIndex}`;
  if (bus === 'virtio') return `disk/by-id/virtio-${serial}`;
  if (bus === 'nvme') return `disk/by-id/nvme-QEMU_NVMe_Ctrl_${serial}`;
  return bus === 'sata' ? `disk/by-id/ata-QEMU_HARDDISK_${serial}` : 'disk/by-id/usb-QEMU_QEMU_HARDDISK*';
}
