import type { Signature } from './signature.ts';

export const kernelPanic: Signature = {
  id: 'kernel-panic',
  pattern: /Kernel panic - not syncing: (?<reason>.*)/,
  cause: 'the kernel of the installer panicked: $<reason>',
  advice: 'Give the machine more memory; under emulation try another processor model.',
  isFatal: true,
  source: 'Linux: init/do_mounts.c, kernel/panic.c',
  excerpt: ['[    3.141592] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)'],
};
