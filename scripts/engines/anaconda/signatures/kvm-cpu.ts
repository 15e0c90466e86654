import type { Signature } from './signature.ts';

export const kvmCpu: Signature = {
  id: 'kvm-cpu',
  pattern: /CPU model 'host' requires KVM/,
  cause: 'QEMU was to use the CPU of this machine without KVM',
  advice: 'Pass --cpu=max.',
  isFatal: true,
  source: 'QEMU 10: target/i386/kvm/kvm-cpu.c; seen in the lab',
  excerpt: ["qemu-system-x86_64: CPU model 'host' requires KVM or HVF"],
};
