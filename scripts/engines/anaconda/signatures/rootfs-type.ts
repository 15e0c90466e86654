import type { Signature } from './signature.ts';

export const rootfsType: Signature = {
  id: 'rootfs-type',
  pattern: /(?<type>\S+) is not a supported type for the root filesystem/,
  cause: 'livemedia-creator does not know the root file system type $<type>',
  advice: 'Use squashfs or erofs.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/creator.py',
  excerpt: ['2026-11-22 19:41:13,123: squash is not a supported type for the root filesystem'],
};
