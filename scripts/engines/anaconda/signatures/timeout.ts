import type { Signature } from './signature.ts';

export const timeout: Signature = {
  id: 'timeout',
  pattern: /failed due to timeout|Canceling installation due to timeout/,
  cause: 'the installation took longer than allowed',
  advice: 'Raise the limit, or look what the last line waits for.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/installer.py and monitor.py',
  excerpt: ['2026-11-22 19:41:13,123: virt_install failed due to timeout'],
};
