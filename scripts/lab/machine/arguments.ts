import type { Accelerator } from '../accelerator/index.ts';
import type { FirmwareFiles } from './firmware.ts';
import type { Topology } from './topology.ts';

/** Names under which the guest finds its ports in /dev/virtio-ports/. */
export const portNames = { agent: 'org.phyllome.lab.agent', journal: 'org.phyllome.lab.journal' } as const;

/** Sockets in the machine's directory. We listen, QEMU connects: nothing has to wait for a socket to appear. */
export const socketNames = { qmp: 'qmp', console: 'console', agent: 'agent', journal: 'journal' } as const;

/** Files that belong to one run of a machine. Absolute paths, the same inside the tools tree. */
export interface MachineFiles {
  /** QEMU writes the serial console here, byte for byte. */
  readonly consoleBytes: string;
  /** One file per SMBIOS type 11 string. */
  readonly credentials: readonly string[];
  /** Absent for BIOS, which QEMU brings itself. */
  readonly firmware?: FirmwareFiles;
}

/**
 * The QEMU command for a topology, a pure function. The machine starts stopped (`-S`): QMP's `cont` is its power switch.
 * QEMU has to be started in the directory that holds the sockets, as socket paths may not exceed 107 bytes.
 */
export function qemuArguments(
  topology: Topology,
  accelerator: Accelerator,
  files: MachineFiles,
): [string, ...string[]] {
  const flash = files.firmware === undefined ? '' : ',pflash0=firmware-code,pflash1=firmware-variables';
  return [
    'qemu-system-x86_64',
    ...['-name', 'phyllome-lab', '-no-user-config', '-nodefaults', '-display', 'none', '-no-reboot', '-S'],
    ...['-machine', `q35${topology.iommu === 'none' ? '' : ',kernel-irqchip=split'}${flash}`],
    ...['-accel', accelerator === 'tcg' ? 'tcg,thread=multi' : 'kvm'],
    ...['-cpu', topology.cpu, '-smp', String(topology.processors), '-m', String(topology.memoryMiB)],
    ...firmwareArguments(files.firmware),
    // Before any other device: only those behind it are translated.
    // No interrupt remapping: with it, a kernel whose first timer ticks come late gives up instead of trying another way.
    // Under TCG on a busy computer six boots of eight ended so; without it none did.
    ...(topology.iommu === 'intel' ? ['-device', 'intel-iommu,intremap=off,caching-mode=on'] : []),
    ...['-device', 'VGA'],
    ...[
      '-blockdev',
      json({ driver: 'file', 'node-name': 'medium', filename: topology.medium.file, 'read-only': true }),
    ],
    ...['-device', 'ide-cd,drive=medium,bus=ide.0,bootindex=0'],
    ...networkArguments(topology.network),
    ...files.credentials.flatMap((file) => ['-smbios', `type=11,path=${escapeCommas(file)}`]),
    ...['-chardev', `socket,id=qmp,path=${socketNames.qmp}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', `socket,id=console,path=${socketNames.console},logfile=${escapeCommas(files.consoleBytes)}`],
    ...['-device', 'isa-serial,chardev=console'],
    ...['-device', 'virtio-serial-pci'],
    ...(['agent', 'journal'] as const).flatMap((port) => [
      ...['-chardev', `socket,id=${port},path=${socketNames[port]}`],
      ...['-device', `virtserialport,chardev=${port},name=${portNames[port]}`],
    ]),
  ];
}

function firmwareArguments(firmware: FirmwareFiles | undefined): string[] {
  if (firmware === undefined) return [];
  const flash = (node: string, filename: string, readOnly: boolean) => [
    '-blockdev',
    json({ driver: 'raw', 'node-name': node, 'read-only': readOnly, file: { driver: 'file', filename } }),
  ];
  return [...flash('firmware-code', firmware.code, true), ...flash('firmware-variables', firmware.variables, false)];
}

function networkArguments(network: Topology['network']): string[] {
  if (network === 'none') return [];
  // Without a ROM the firmware does not try to boot from the network.
  return ['-netdev', 'user,id=network,restrict=on', '-device', 'virtio-net-pci,netdev=network,romfile='];
}

const json = (value: unknown): string => JSON.stringify(value);
/** QEMU's option lists end a value at a comma unless it is doubled. */
const escapeCommas = (value: string): string => value.replaceAll(',', ',,');
