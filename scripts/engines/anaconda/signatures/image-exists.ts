import type { Signature } from './signature.ts';

export const imageExists: Signature = {
  id: 'image-exists',
  pattern: /disk image to be created should not exist/,
  cause: 'an image of that name is in the result directory',
  advice: '`phyllome doctor --clean`, or remove it.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: The disk image to be created should not exist.'],
};
