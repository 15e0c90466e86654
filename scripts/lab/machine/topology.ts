import type { Accelerator } from '../accelerator/index.ts';
import { labCpu } from './cpu.ts';

export type Firmware = 'bios' | 'uefi';

/** What a lab machine offers, for checks that need it. */
export type MachineFeature = 'nested-virtualization' | 'iommu';

/** The virtual hardware of one lab machine. Plain and serialisable: it is part of every report. */
export interface Topology {
  /** QEMU's CPU model with its flags. */
  readonly cpu: string;
  readonly processors: number;
  readonly memoryMiB: number;
  readonly firmware: Firmware;
  readonly iommu: 'intel' | 'none';
  /** Read-only boot medium, absolute path of an ISO. */
  readonly medium: { readonly kind: 'cdrom'; readonly file: string };
  /** `isolated`: a network card with DHCP and no way out. */
  readonly network: 'isolated' | 'none';
}

/** The machine that an image is tested on unless a test asks for another: what users of a small server have. */
export function defaultTopology(options: {
  readonly accelerator: Accelerator;
  readonly firmware: Firmware;
  readonly isoFile: string;
  readonly memoryMiB?: number;
}): Topology {
  return {
    cpu: labCpu[options.accelerator],
    processors: 2,
    memoryMiB: options.memoryMiB ?? 2048,
    firmware: options.firmware,
    iommu: 'intel',
    medium: { kind: 'cdrom', file: options.isoFile },
    network: 'isolated',
  };
}

/** Features that follow from the hardware; a check that needs another one is skipped, and says so. */
export function featuresOf(topology: Topology): ReadonlySet<MachineFeature> {
  const features = new Set<MachineFeature>();
  if (topology.cpu === 'host' || /\+(svm|vmx)/.test(topology.cpu)) features.add('nested-virtualization');
  if (topology.iommu !== 'none') features.add('iommu');
  return features;
}
