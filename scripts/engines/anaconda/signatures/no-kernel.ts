import type { Signature } from './signature.ts';

export const noKernel: Signature = {
  id: 'no-kernel',
  pattern: /No kernels found, cannot rebuild_initrds/,
  cause: 'the installed system has no kernel in /boot',
  advice: 'Add kernel-core, and let no %post remove /boot/vmlinuz-*.',
  isFatal: true,
  kickstartCommand: '%packages',
  source: 'lorax 46: src/pylorax/treebuilder.py',
  excerpt: ['2026-11-22 19:41:13,123: No kernels found, cannot rebuild_initrds'],
};
