import type { Signature } from './signature.ts';

export const noStage2: Signature = {
  id: 'no-stage2',
  pattern: /ISO is missing stage2|Missing kernel and initrd file in iso/,
  cause: 'the ISO is no installer',
  advice: 'Use Fedora’s netinst (Everything) ISO.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/installer.py and mount.py',
  excerpt: ['2026-11-22 19:41:13,123: ISO is missing stage2, cannot continue'],
};
