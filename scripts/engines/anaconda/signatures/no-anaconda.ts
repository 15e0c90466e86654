import type { Signature } from './signature.ts';

export const noAnaconda: Signature = {
  id: 'no-anaconda',
  pattern: /no-virt requires anaconda to be installed/,
  cause: 'Anaconda is not installed on the builder',
  advice: 'dnf install lorax-lmc-novirt',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: no-virt requires anaconda to be installed.'],
};
