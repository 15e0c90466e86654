import { EnvironmentError } from '../../diagnostic/index.ts';
import type { Accelerator } from '../accelerator/verdict.ts';
import { cpuFor } from '../machine/cpu.ts';
import type { Firmware, Medium, Surroundings, Topology } from '../machine/topology.ts';
import type { PortEntry, TopologyFile } from './topology-file.ts';

/** What a topology file leaves open. */
export interface Circumstances {
  readonly accelerator: Accelerator;
  /** Absolute path of the image. */
  readonly imageFile: string;
  /** Takes the place of the file's. */
  readonly firmware?: Firmware;
  /** How the image is attached; what the file says of it is then about other images. */
  readonly medium?: Medium;
  readonly memoryMiB?: number;
  readonly surroundings?: Surroundings;
  /** A disk that keeps what is written to it; absolute path of a qcow2. Where it is the image as well, the machine has no other medium. */
  readonly keptDisk?: { readonly file: string; readonly sizeMiB: number };
}

export const usualProcessors = 2;
export const usualMemoryMiB = 2048;

/** The machine that an image is tested on unless a test asks for another: what users of a small server have. */
export const defaultTopologyFile: TopologyFile = { topology: 'default', summary: 'a small server' };

/**
 * The whole machine: what the file says, and the default machine where it says nothing.
 * @throws EnvironmentError when the accelerator cannot make the processor
 */
export function resolveTopology(
  file: TopologyFile,
  { accelerator, imageFile, keptDisk, medium, ...change }: Circumstances,
): Topology {
  const cpu = cpuFor(file.cpu ?? {}, accelerator);
  if (cpu === undefined) throw noVmx(file.topology);
  const firmware = change.firmware ?? file.firmware ?? 'bios';
  return {
    name: file.topology,
    cpu,
    processors: file.processors ?? usualProcessors,
    memoryMiB: change.memoryMiB ?? file.memoryMiB ?? usualMemoryMiB,
    numaNodes: file.numaNodes ?? 1,
    firmware,
    ...(firmware === 'secure-boot' && file.keys !== undefined && { keys: file.keys }),
    // A computer that is kept is as computers are today.
    tpm: file.tpm ?? keptDisk !== undefined,
    iommu: file.iommu ?? 'intel',
    interruptRemapping: file.interruptRemapping ?? false,
    medium:
      imageFile === keptDisk?.file
        ? { kind: 'disk', file: imageFile, writeProtected: false, keeps: true }
        : (medium ?? mediumOf(file.boot ?? { from: usualMedium(imageFile) }, imageFile)),
    disks: [
      ...(keptDisk === undefined || keptDisk.file === imageFile ? [] : [kept(keptDisk)]),
      ...(file.disks ?? []).map((disk) => ({
        sectorBytes: 512 as const,
        ...disk,
        ...(disk.holds === 'the-image' && { holds: imageFile }),
      })),
    ],
    network: file.network ?? [{ model: 'virtio' }],
    ports: (file.ports ?? []).map(portOf),
    ...(file.clock !== undefined && { clock: file.clock }),
    ...(change.surroundings && { surroundings: change.surroundings }),
  };
}

export const defaultTopology = (circumstances: Circumstances): Topology =>
  resolveTopology(defaultTopologyFile, circumstances);

function kept({ file, sizeMiB }: NonNullable<Circumstances['keptDisk']>): Topology['disks'][number] {
  return { bus: 'virtio', sectorBytes: 512, sizeMiB, holds: file, keeps: true };
}

function usualMedium(imageFile: string): 'disk' | 'pxe' | 'cdrom' {
  if (/\.(?:qcow2|raw)$/.test(imageFile)) return 'disk';
  return imageFile.endsWith('.ipxe') ? 'pxe' : 'cdrom';
}

function mediumOf(boot: NonNullable<TopologyFile['boot']>, file: string): Medium {
  const { from, writeProtected = false, sizeMiB, bus, sectorBytes, entry = 1, kernelArguments = [] } = boot;
  if (from === 'cdrom') return { kind: from, file };
  if (from === 'usb' || from === 'disk') {
    const attached = from === 'disk' && { ...(bus && { bus }), ...(sectorBytes && { sectorBytes }) };
    return { kind: from, file, writeProtected, ...(sizeMiB !== undefined && { sizeMiB }), ...attached };
  }
  return { kind: from, file, entry, kernelArguments };
}

function portOf(entry: PortEntry): Topology['ports'][number] {
  return { acs: entry.acs ?? true, devices: entry.devices ?? [], switchSlots: entry.switch ?? [] };
}

function noVmx(name: string): EnvironmentError {
  return new EnvironmentError({
    code: 'no-vmx',
    severity: 'error',
    message: `topology ${name} asks for an Intel processor with virtualisation, and emulation has only AMD's`,
    hint: 'Leave `virtualization` out, choose `vendor: amd`, or run where KVM works.',
  });
}
