import { qemuOptionValue } from '../../process/index.ts';

/** How the installer is started. */
export type BootMethod =
  /** QEMU loads the medium's kernel with arguments of ours; the installer speaks on the serial console. */
  | 'kernel'
  /** The firmware starts the medium as it is; the installer finds the kickstart by the label OEMDRV. */
  | 'medium';

export interface InstallMachine {
  readonly accelerator: 'kvm' | 'tcg';
  readonly cpu: string;
  readonly processors: number;
  readonly memoryMiB: number;
  readonly firmware: 'bios' | 'uefi';
  readonly method: BootMethod;
  /** Paths, the same inside the tools tree. */
  readonly iso: string;
  readonly kickstartDisk: string;
  readonly targetDisk: string;
  readonly kernel: string;
  readonly initramfs: string;
  readonly commandLine: string;
  readonly variables: string;
}

/** UEFI firmware in the tools tree. */
const firmwareCode = '/usr/share/OVMF/OVMF_CODE_4M.fd';
export const firmwareVariables = '/usr/share/OVMF/OVMF_VARS_4M.fd';

/** Anaconda sends its log to a port of this name when it finds one. */
const logPort = 'org.fedoraproject.anaconda.log.0';

/**
 * QEMU's command for the installation: pure. Serial console and Anaconda's log both come out on standard output. It has a
 * network with a way out, as packages come from mirrors, and ends where the installed system would start.
 */
export function installMachine(machine: InstallMachine): [string, ...string[]] {
  const flash =
    machine.firmware === 'uefi'
      ? [
          '-drive',
          `if=pflash,format=raw,unit=0,readonly=on,file=${firmwareCode}`,
          '-drive',
          `if=pflash,format=raw,unit=1,file=${qemuOptionValue(machine.variables)}`,
        ]
      : [];
  return [
    'qemu-system-x86_64',
    '-name',
    'phyllome-netinst',
    '-no-user-config',
    '-nodefaults',
    '-display',
    'none',
    '-no-reboot',
    '-machine',
    'q35',
    '-accel',
    machine.accelerator === 'tcg' ? 'tcg,thread=multi' : 'kvm',
    '-cpu',
    machine.cpu,
    '-smp',
    String(machine.processors),
    '-m',
    String(machine.memoryMiB),
    ...flash,
    '-device',
    'VGA',
    '-device',
    'virtio-rng-pci',
    '-drive',
    `if=none,id=target,file=${qemuOptionValue(machine.targetDisk)},format=qcow2,cache=unsafe,discard=unmap`,
    '-device',
    'virtio-blk-pci,drive=target,serial=target',
    '-drive',
    `if=none,id=kickstart,file=${qemuOptionValue(machine.kickstartDisk)},format=raw,readonly=on`,
    '-device',
    'virtio-blk-pci,drive=kickstart,serial=OEMDRV',
    '-drive',
    `if=none,id=medium,media=cdrom,readonly=on,file=${qemuOptionValue(machine.iso)}`,
    // A kernel that QEMU loads has the first place in the boot order.
    '-device',
    `ide-cd,drive=medium,bus=ide.0${machine.method === 'medium' ? ',bootindex=0' : ''}`,
    '-netdev',
    'user,id=network',
    '-device',
    'virtio-net-pci,netdev=network,romfile=',
    '-chardev',
    'stdio,id=output,mux=on,signal=off',
    '-serial',
    'chardev:output',
    '-device',
    'virtio-serial-pci',
    '-device',
    `virtserialport,chardev=output,name=${logPort}`,
    ...(machine.method === 'kernel'
      ? ['-kernel', machine.kernel, '-initrd', machine.initramfs, '-append', machine.commandLine]
      : []),
  ];
}
