import type { Signature } from './signature.ts';

export const volumeIdTooLong: Signature = {
  id: 'volume-id-too-long',
  pattern: /volume id cannot be longer than 32/,
  cause: 'the volume id is longer than 32 characters',
  advice: 'Give the flavour a shorter name.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: the volume id cannot be longer than 32 characters'],
};
