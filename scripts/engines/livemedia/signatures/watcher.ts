import type { Signature } from './signature.ts';

export const watcher: Signature = {
  id: 'watcher',
  pattern: /virt_install failed on line: (.*)/,
  cause: 'the installer reported: $1',
  advice: 'That line is the cause.',
  isSymptom: true,
  excerpt: ['2026-11-22 19:41:13,123: virt_install failed on line: packaging: Installation failed'],
};
