import type { Signature } from './signature.ts';

export const pidFile: Signature = {
  id: 'pid-file',
  pattern: /anaconda\.pid already exists|anaconda is already running/,
  cause: 'the lock of an earlier Anaconda is there',
  advice: 'If none runs: `phyllome doctor --clean`.',
  isFatal: true,
  source: 'anaconda 45.21: anaconda.py',
  excerpt: ['/run/anaconda.pid already exists, exiting'],
};
