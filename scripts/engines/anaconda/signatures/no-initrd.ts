import type { Signature } from './signature.ts';

export const noInitrd: Signature = {
  id: 'no-initrd',
  pattern: /No initrds found, cannot rebuild_initrds/,
  cause: 'the installed system has no kernel in /boot to start over the network',
  advice: 'Add kernel-core.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/creator.py',
  excerpt: ['2026-11-22 19:41:13,123: No initrds found, cannot rebuild_initrds'],
};
