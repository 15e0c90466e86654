import type { Signature } from './signature.ts';

export const anacondaFailed: Signature = {
  id: 'anaconda-failed',
  pattern: /Running anaconda failed: .*exited with status (\d+)/,
  cause: 'Anaconda ended with status $1 and named no reason',
  advice: 'See the lines below and the log archive.',
  isSymptom: true,
  source: 'lorax 46: src/pylorax/installer.py, novirt_install',
  excerpt: [
    "2026-11-22 19:41:13,123: Running anaconda failed: process '['unshare', '--pid', '--kill-child', '--mount', '--propagation', 'unchanged', 'anaconda']' exited with status 1",
  ],
};
