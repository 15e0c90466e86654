import type { Signature } from './signature.ts';

export const busyMounts: Signature = {
  id: 'busy-mounts',
  pattern: /cleanup of anaconda mounts failed/,
  cause: 'mounts below the installed tree could not be released',
  advice: '`phyllome doctor --clean` ends leftovers.',
  isSymptom: true,
  source: 'lorax 46: src/pylorax/installer.py, novirt_install',
  excerpt: ['2026-11-22 19:41:13,123: novirt_install cleanup of anaconda mounts failed.'],
};
