import type { Signature } from './signature.ts';

export const watcher: Signature = {
  id: 'watcher',
  pattern: /virt_install failed on line: (.*)/,
  cause: 'the installer reported: $1',
  advice: 'That line is the cause.',
  isSymptom: true,
  source: 'lorax 46: src/pylorax/installer.py and monitor.py',
  excerpt: ['2026-11-22 19:41:13,123: virt_install failed on line: packaging: Installation failed'],
};
