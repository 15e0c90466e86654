import type { Signature } from './signature.ts';

export const noPartition: Signature = {
  id: 'no-partition',
  pattern: /No (?:\/ partition|partitions) in the kickstart/,
  cause: 'no part line says how large the image is to be',
  advice: 'Add `part / --size=10240` and remove autopart.',
  isFatal: true,
  kickstartCommand: 'part',
  source: 'lorax 46: src/pylorax/creator.py',
  excerpt: ['2026-11-22 19:41:13,123: No / partition in the kickstart. Unable to calculate required disk size.'],
};
