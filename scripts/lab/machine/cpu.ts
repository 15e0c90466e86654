import type { Accelerator } from '../accelerator/verdict.ts';

/**
 * CPU model of the lab machine. Emulation offers AMD's SVM and not Intel's VMX, so an AMD model gives a guest that has
 * /dev/kvm of its own; under KVM only the host's own model is sure to pass nested virtualisation on.
 */
export const labCpu: Readonly<Record<Accelerator, string>> = { tcg: 'EPYC,+svm,+npt', kvm: 'host' };
