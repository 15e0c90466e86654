import type { Signature } from './signature.ts';

export const dracutLiveMissing: Signature = {
  id: 'dracut-live-missing',
  pattern: /dracut-live package is missing from the kickstart/,
  cause: 'dracut-live is not spelled out in %packages',
  advice: 'Add dracut-live by name; a group that contains it is not enough.',
  isFatal: true,
  kickstartCommand: '%packages',
  source: 'lorax 46: src/pylorax/creator.py',
  excerpt: ['2026-11-22 19:41:13,123: dracut-live package is missing from the kickstart.'],
};
