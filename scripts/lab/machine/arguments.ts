import { qemuOptionValue } from '../../process/index.ts';
import type { Accelerator } from '../accelerator/index.ts';
import { type DiskFiles, diskArguments, networkArguments, shareArguments } from './disk-arguments.ts';
import type { FirmwareFiles } from './firmware.ts';
import { iommuArguments, portArguments } from './pci-arguments.ts';
import type { Topology } from './topology.ts';

/** Names under which the guest finds its ports in /dev/virtio-ports/. */
export const portNames = { agent: 'org.phyllome.lab.agent', journal: 'org.phyllome.lab.journal' } as const;

/**
 * Sockets in the machine's directory. We listen and QEMU connects, so that nothing has to wait for a socket to appear;
 * only on `display` QEMU listens.
 */
export const socketNames = {
  qmp: 'qmp',
  console: 'console',
  agent: 'agent',
  journal: 'journal',
  display: 'display',
} as const;
/** The one socket that another program listens on: swtpm's control channel. */
export const tpmSocketName = 'tpm';

/** Files that belong to one run of a machine. Absolute paths, the same inside the tools tree. */
export interface MachineFiles extends DiskFiles {
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
  return [
    'qemu-system-x86_64',
    '-name',
    'phyllome-lab',
    '-no-user-config',
    '-nodefaults',
    '-display',
    'none',
    '-no-reboot',
    '-S',
    '-machine',
    machineType(topology, files.firmware),
    '-accel',
    accelerator === 'tcg' ? 'tcg,thread=multi' : 'kvm',
    '-cpu',
    topology.cpu,
    '-smp',
    processorsOf(topology),
    '-m',
    String(topology.memoryMiB),
    ...numaArguments(topology),
    ...(topology.clock === undefined ? [] : ['-rtc', `base=${topology.clock}`]),
    ...firmwareArguments(files.firmware),
    ...iommuArguments(topology),
    '-device',
    'VGA',
    ...diskArguments(topology, files),
    ...networkArguments(topology.network, files.tftp, topology.surroundings),
    ...shareArguments(topology.surroundings),
    ...portArguments(topology.ports),
    ...(topology.tpm ? tpmArguments : []),
    ...files.credentials.flatMap((file) => ['-smbios', `type=11,path=${qemuOptionValue(file)}`]),
    '-chardev',
    `socket,id=qmp,path=${socketNames.qmp}`,
    '-mon',
    'chardev=qmp,mode=control',
    '-chardev',
    `socket,id=console,path=${socketNames.console},logfile=${qemuOptionValue(files.consoleBytes)}`,
    '-device',
    'isa-serial,chardev=console',
    '-device',
    'virtio-serial-pci',
    ...(['agent', 'journal'] as const).flatMap((port) => [
      '-chardev',
      `socket,id=${port},path=${socketNames[port]}`,
      '-device',
      `virtserialport,chardev=${port},name=${portNames[port]}`,
    ]),
  ];
}

function machineType({ iommu }: Topology, firmware: FirmwareFiles | undefined): string {
  return [
    'q35',
    ...(iommu === 'none' ? [] : ['kernel-irqchip=split']),
    ...(firmware?.requiresSmm ? ['smm=on'] : []),
    ...(firmware === undefined ? [] : ['pflash0=firmware-code', 'pflash1=firmware-variables']),
  ].join(',');
}

function firmwareArguments(firmware: FirmwareFiles | undefined): string[] {
  if (firmware === undefined) return [];
  const flash = (node: string, filename: string, readOnly: boolean) => [
    '-blockdev',
    JSON.stringify({ driver: 'raw', 'node-name': node, 'read-only': readOnly, file: { driver: 'file', filename } }),
  ];
  return [
    ...flash('firmware-code', firmware.code, true),
    ...flash('firmware-variables', firmware.variables, false),
    // Only the firmware itself, in system management mode, may write its variables: else Secure Boot could be turned off.
    ...(firmware.requiresSmm ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
  ];
}

/** Each memory node has a socket of its own: Linux takes processors that share a cache and no memory for a fault. */
function processorsOf({ processors, numaNodes }: Topology): string {
  return numaNodes === 1 ? String(processors) : `${processors},sockets=${numaNodes},cores=${processors / numaNodes}`;
}

/** Processors in equal shares, memory too; the last node gets what is left over. */
function numaArguments({ numaNodes, memoryMiB, processors }: Topology): string[] {
  if (numaNodes === 1) return [];
  const each = processors / numaNodes;
  const memory = Math.floor(memoryMiB / numaNodes);
  return Array.from({ length: numaNodes }, (_, node) => {
    const size = node === numaNodes - 1 ? memoryMiB - memory * node : memory;
    return [
      '-object',
      `memory-backend-ram,id=memory${node},size=${size}M`,
      '-numa',
      `node,nodeid=${node},memdev=memory${node},cpus=${each * node}-${each * (node + 1) - 1}`,
    ];
  }).flat();
}

const tpmArguments = [
  '-chardev',
  `socket,id=tpm,path=${tpmSocketName}`,
  '-tpmdev',
  'emulator,id=tpm,chardev=tpm',
  '-device',
  'tpm-crb,tpmdev=tpm',
];
