import type { Signature } from './signature.ts';

export const noSpaceForPackages: Signature = {
  id: 'no-space-for-packages',
  pattern: /Not enough disk space to download the packages/,
  cause: 'there is not enough space for the downloaded packages',
  advice: 'Free some space below /var/tmp on the builder, or make `part /` larger.',
  isFatal: true,
  kickstartCommand: 'part',
  source: 'anaconda 45.21: modules/payloads/base/utils.py',
  excerpt: ['Not enough disk space to download the packages; size 1.2 GiB.'],
};
