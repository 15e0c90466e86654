import type { Signature } from './signature.ts';

export const notRoot: Signature = {
  id: 'not-root',
  pattern: /You need to run this as root/,
  cause: 'livemedia-creator was not started by root',
  advice: 'Run as root, or with --runner mock.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: You need to run this as root'],
};
