import type { Signature } from './signature.ts';

export const qemuImgMissing: Signature = {
  id: 'qemu-img-missing',
  pattern: /image-type option requires the qemu-img utility/,
  cause: 'qemu-img is not installed on the builder',
  advice: 'dnf install qemu-img',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: image-type option requires the qemu-img utility to be installed.'],
};
