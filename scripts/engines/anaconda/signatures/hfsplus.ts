import type { Signature } from './signature.ts';

export const hfsplus: Signature = {
  id: 'hfsplus',
  pattern: /mkfs\.hfsplus is missing/,
  cause: 'livemedia-creator wants mkfs.hfsplus, which Fedora no longer has',
  advice: 'Pass --nomacboot, as the plan of this program does.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: mkfs.hfsplus is missing. Install hfsplus-tools, or pass --nomacboot'],
};
