import { qemuOptionValue } from '../../process/index.ts';
import {
  type DiskBus,
  isServedWhole,
  type Medium,
  type Nic,
  type Surroundings,
  type Topology,
  takesWrites,
} from './topology.ts';

/** Files made for one machine that its disks and its medium need. Absolute paths. */
export interface DiskFiles {
  /** qcow2 files of the topology's disks, in their order. */
  readonly disks: readonly string[];
  /** qcow2 over the image, which takes what is written to a medium that is not write-protected. */
  readonly layer?: string;
  /** For `kernel` and `linux`: what QEMU loads. */
  readonly kernel?: { readonly kernel: string; readonly initramfs?: string; readonly commandLine: string };
  /** For `pxe` and `tftp`: served by TFTP. */
  readonly tftp?: { readonly directory: string; readonly file: string };
  /** qcow2 that snapshots of the machine's state go to. */
  readonly state?: string;
}

/** Names of block nodes whose content belongs to a snapshot. */
export const diskNode = (index: number): string => `disk${index}`;
export const isDiskNode = (name: string): boolean => /^disk\d+$/.test(name);
export const mediumNode = 'medium';
export const stateNode = 'state';

export function diskArguments(topology: Topology, files: DiskFiles): string[] {
  const { medium, disks } = topology;
  const needsUsb = busOf(medium) === 'usb' || disks.some((disk) => disk.bus === 'usb');
  return [
    ...(needsUsb ? ['-device', 'qemu-xhci,id=usb'] : []),
    ...mediumArguments(medium, files, disks.some(({ keeps }) => keeps === true) ? 1 : 0),
    ...disks.flatMap((disk, index) => [
      '-blockdev',
      qcow2(diskNode(index), files.disks[index] ?? ''),
      '-device',
      `${disk.bus === 'sata' ? sataDisk(index) : drive(disk.bus, diskNode(index), disk.sectorBytes)}${disk.keeps === true ? ',bootindex=0' : ''}`,
    ]),
    ...(files.state === undefined ? [] : ['-blockdev', qcow2(stateNode, files.state)]),
    ...kernelArguments(files.kernel),
  ];
}

function mediumArguments(medium: Medium, files: DiskFiles, bootIndex: number): string[] {
  if (isServedWhole(medium) || medium.kind === 'linux' || medium.kind === 'tftp') return [];
  const readOnly = readOnlyNode(medium);
  if (medium.kind === 'cdrom')
    return ['-blockdev', readOnly, '-device', `ide-cd,drive=medium,bus=ide.0,bootindex=${bootIndex}`];
  if ('kernelArguments' in medium) {
    return ['-blockdev', readOnly, '-device', 'ide-cd,drive=medium,bus=ide.0'];
  }
  const node = takesWrites(medium) ? qcow2(mediumNode, files.layer ?? medium.file) : readOnly;
  const bus = busOf(medium) ?? 'virtio';
  const device =
    bus === 'sata'
      ? `ide-hd,drive=${mediumNode},bus=ide.0,serial=${mediumNode}`
      : drive(bus, mediumNode, medium.sectorBytes);
  return ['-blockdev', node, '-device', `${device},bootindex=${bootIndex}`];
}

function readOnlyNode(medium: Medium): string {
  const { file: filename } = medium;
  const format = 'format' in medium ? medium.format : undefined;
  const file = { driver: 'file', filename, 'read-only': true };
  return JSON.stringify(
    format === undefined || format === 'raw'
      ? { driver: 'file', 'node-name': mediumNode, filename, 'read-only': true }
      : { driver: format, 'node-name': mediumNode, 'read-only': true, file },
  );
}

/** What a stick, or a disk that the machine starts from, is attached to. */
function busOf(medium: Medium): DiskBus | undefined {
  if (medium.kind === 'usb') return 'usb';
  return medium.kind === 'disk' ? (medium.bus ?? 'virtio') : undefined;
}

function kernelArguments(files: DiskFiles['kernel']): string[] {
  if (files === undefined) return [];
  const { kernel, initramfs, commandLine } = files;
  return ['-kernel', kernel, ...(initramfs === undefined ? [] : ['-initrd', initramfs]), '-append', commandLine];
}

const qcow2 = (node: string, filename: string): string =>
  JSON.stringify({ driver: 'qcow2', 'node-name': node, file: { driver: 'file', filename } });

function drive(bus: Exclude<DiskBus, 'sata'>, node: string, sectorBytes = 512): string {
  const sectors = `logical_block_size=${sectorBytes},physical_block_size=${sectorBytes}`;
  if (bus === 'usb') return `usb-storage,bus=usb.0,drive=${node},${sectors}`;
  if (bus === 'nvme') return `nvme,drive=${node},serial=${node},${sectors}`;
  return `virtio-blk-pci,drive=${node},serial=${node},${sectors}`;
}

/** The first port of the SATA controller is the CD drive's. */
const sataDisk = (index: number): string =>
  `ide-hd,drive=${diskNode(index)},bus=ide.${index + 1},serial=${diskNode(index)}`;

/**
 * Cards without a way out, but for the first of a machine that a person wants one for. Without a ROM the firmware does not
 * try to boot from the network.
 */
export function networkArguments(
  network: readonly Nic[],
  tftp: DiskFiles['tftp'],
  { network: isOpen, sshPort }: Surroundings = {},
): string[] {
  return network.flatMap(({ model }, index) => {
    const boots = index === 0 && tftp !== undefined;
    const served = boots ? `,tftp=${qemuOptionValue(tftp.directory)},bootfile=${qemuOptionValue(tftp.file)}` : '';
    const out = index === 0 && isOpen === true ? '' : ',restrict=on';
    const ssh = index === 0 && sshPort !== undefined ? `,hostfwd=tcp:127.0.0.1:${sshPort}-:22` : '';
    const driver = model === 'virtio' ? 'virtio-net-pci' : model;
    const rom = boots ? 'bootindex=0' : 'romfile=';
    return [
      '-netdev',
      `user,id=network${index}${out}${ssh}${served}`,
      '-device',
      `${driver},netdev=network${index},${rom}`,
    ];
  });
}

/** The word by which a guest mounts the shared directory. */
export const shareTag = 'phyllome-share';

export function shareArguments({ shared }: Surroundings = {}): string[] {
  if (shared === undefined) return [];
  return [
    '-fsdev',
    // What the guest's root makes there belongs to whoever started the machine.
    `local,id=share,security_model=none,multidevs=remap,path=${qemuOptionValue(shared)}`,
    '-device',
    `virtio-9p-pci,fsdev=share,mount_tag=${shareTag}`,
  ];
}
