import type { Accelerator } from '../accelerator/verdict.ts';

/**
 * CPU model of the lab machine. Emulation offers AMD's SVM and not Intel's VMX, so an AMD model gives a guest that has
 * /dev/kvm of its own; under KVM only the host's own model is sure to pass nested virtualisation on.
 */
export const labCpu: Readonly<Record<Accelerator, string>> = { tcg: 'EPYC,+svm,+npt', kvm: 'host' };

export interface CpuWish {
  /** QEMU's name of a model; else one of the vendor's, or the default. */
  readonly model?: string;
  readonly vendor?: 'amd' | 'intel';
  /** Whether the machine can run virtual machines of its own. */
  readonly virtualization?: boolean;
}

const modelOf = { amd: 'EPYC', intel: 'Cascadelake-Server' } as const;

/** QEMU's CPU model with its flags. Undefined when emulation is asked for what it has not: VMX. */
export function cpuFor(wish: CpuWish, accelerator: Accelerator): string | undefined {
  const { virtualization } = wish;
  const model = wish.model ?? (wish.vendor && modelOf[wish.vendor]);
  if (model === undefined && virtualization !== false) return labCpu[accelerator];
  if (model === undefined && accelerator === 'kvm') return 'host,-svm,-vmx';
  const named = model ?? modelOf.amd;
  if (isAmd(named)) return `${named},${virtualization === false ? '-svm' : '+svm,+npt'}`;
  if (accelerator === 'kvm') return `${named},${virtualization === false ? '-' : '+'}vmx`;
  return virtualization === true ? undefined : `${named},-vmx`;
}

const isAmd = (model: string): boolean => /^(EPYC|Opteron|Dhyana|phenom|athlon|max|qemu|kvm)/i.test(model);
