import { type CachedStage, outputOf, type Plan, type Step, type WorkStage } from '../../plan/index.ts';
import { inToolsTree, type Privilege } from '../../process/index.ts';
import type { FedoraIso } from '../fedora-iso/index.ts';
import { toolsStage } from '../tools/index.ts';
import { type BootMethod, firmwareVariables, installMachine } from './machine.ts';

export interface NetinstRequest {
  readonly flavour: string;
  readonly base: string;
  readonly kickstart: string;
  readonly isSecret: boolean;
  readonly iso: FedoraIso;
  /** Name of the result without its ending. */
  readonly name: string;
  readonly diskMiB: number;
  readonly memoryMiB: number;
  readonly processors: number;
  readonly accelerator: 'kvm' | 'tcg';
  readonly cpu: string;
  readonly firmware: 'bios' | 'uefi';
  readonly method: BootMethod;
  readonly mirror: string;
  readonly privilege: Privilege;
}

/** Name of the directory in which everything happens. */
export const workName = 'netinst';

/** The plan that installs by Anaconda in QEMU. Pure: runs nothing, reads nothing. */
export function planNetinst(request: NetinstRequest): Plan {
  return {
    name: `${request.flavour} on ${request.base}, installed by Anaconda in QEMU (${request.accelerator}, ${request.firmware})`,
    work: { name: workName },
    stages: [toolsStage(request.mirror, request.privilege), kernelStage(request.iso), installStage(request)],
  };
}

/** The medium → its kernel and initramfs. */
function kernelStage(iso: FedoraIso): CachedStage {
  const stage = outputOf('installer-kernel');
  const extract = (name: string) => ['-extract', `/images/pxeboot/${name}`, `${stage}/${name}`];
  return {
    id: 'installer-kernel',
    title: 'Kernel of the medium',
    key: { values: [iso.sha256], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 200e6,
    steps: [
      {
        id: 'extract',
        title: 'Taking out kernel and initramfs',
        argv: inTools(
          ['xorriso', '-osirrox', 'on', '-indev', iso.file, ...extract('vmlinuz'), ...extract('initrd.img')],
          { read: [iso.file], write: [stage] },
        ),
        needs: [],
      },
    ],
  };
}

function installStage(request: NetinstRequest): WorkStage {
  const stage = outputOf(workName);
  const kernel = outputOf('installer-kernel');
  const { iso, firmware } = request;
  const result = `${request.name}.qcow2`;
  const machine = installMachine({
    ...request,
    iso: iso.file,
    kickstartDisk: `${stage}/oemdrv.iso`,
    targetDisk: `${stage}/target.qcow2`,
    kernel: `${kernel}/vmlinuz`,
    initramfs: `${kernel}/initrd.img`,
    commandLine: commandLine(iso),
    variables: `${stage}/variables.fd`,
  });
  const inside = (argv: readonly string[], more: { readonly read?: readonly string[]; readonly network?: true } = {}) =>
    inTools(argv, { write: [stage], cwd: stage, ...more });
  const variables: Step = {
    id: 'variables',
    title: 'Making the firmware’s variables',
    argv: inside(['cp', firmwareVariables, `${stage}/variables.fd`]),
    needs: [],
  };
  return {
    id: 'netinst',
    title: 'Installation',
    runs: 'in-order',
    steps: [
      {
        id: 'kickstart',
        title: 'Placing the kickstart',
        argv: ['sh', '-euc', 'umask 077; mkdir -p "$0/oemdrv"; cat > "$0/oemdrv/ks.cfg"', stage],
        stdin: request.kickstart,
        ...(request.isSecret && { secret: true }),
        needs: [],
      },
      {
        id: 'kickstart-disk',
        title: 'Making the disk OEMDRV',
        argv: inside(['xorriso', '-as', 'mkisofs', '-quiet', '-R', '-V', 'OEMDRV', '-o', 'oemdrv.iso', 'oemdrv']),
        needs: [],
      },
      {
        id: 'target',
        title: 'Making an empty disk',
        argv: inside(['qemu-img', 'create', '-q', '-f', 'qcow2', 'target.qcow2', `${request.diskMiB}M`]),
        needs: [],
      },
      ...(firmware === 'uefi' ? [variables] : []),
      {
        id: 'install',
        watched: true,
        title: 'Installing',
        argv: inTools(machine, {
          write: [stage],
          cwd: stage,
          network: true,
          read: [iso.file, kernel],
          devices: request.accelerator === 'kvm' ? ['/dev/kvm'] : [],
        }),
        needs: ['network'],
      },
      {
        id: 'shrink',
        title: 'Shrinking the image',
        argv: inside([
          'qemu-img',
          'convert',
          '-O',
          'qcow2',
          '-c',
          '-o',
          'compression_type=zstd',
          'target.qcow2',
          result,
        ]),
        needs: [],
      },
      {
        id: 'checksums',
        title: 'Computing checksums',
        argv: [
          'sh',
          '-euc',
          'cd "$0"; rm -rf oemdrv oemdrv.iso target.qcow2 variables.fd; sha256sum "$1" > "$1.sha256"',
          stage,
          result,
        ],
        needs: [],
      },
    ],
  };
}

/**
 * The explicit address makes the installer wait for the disk; the label alone is looked for only a short time. Memory is
 * ours to choose, so nobody must be asked whether it is enough.
 */
function commandLine(iso: FedoraIso): string {
  return [
    `inst.stage2=hd:LABEL=${udevName(iso.volume.id)}`,
    'inst.ks=hd:LABEL=OEMDRV:/ks.cfg',
    'inst.text inst.cmdline inst.nomemcheck inst.nosave=all console=ttyS0,115200',
  ].join(' ');
}

/** A label as udev writes it: what is special becomes `\x20`. */
function udevName(label: string): string {
  return label.replaceAll(
    /[^a-zA-Z0-9#+.:=@_-]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function inTools(argv: readonly string[], access: Parameters<typeof inToolsTree>[2]): [string, ...string[]] {
  return inToolsTree(`${outputOf('tools')}/root`, argv, access);
}
