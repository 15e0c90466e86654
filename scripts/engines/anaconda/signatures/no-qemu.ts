import type { Signature } from './signature.ts';

export const noQemu: Signature = {
  id: 'no-qemu',
  pattern: /qemu needs to be installed/,
  cause: 'QEMU is not installed on the builder',
  advice: 'dnf install lorax-lmc-virt',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: qemu needs to be installed.'],
};
