import type { Signature } from './signature.ts';

export const noSpaceLeft: Signature = {
  id: 'no-space-left',
  pattern: /No space left on device/,
  cause: 'a disk is full: `part /` when packaging.log says it, the directory of --tmp when program.log does',
  advice: 'Raise --size of `part /`, or free space in the work directory.',
  isFatal: true,
  source: 'Linux: strerror(ENOSPC), by mksquashfs and others',
  excerpt: ['2026-11-22 19:41:13,123 INFO: Write failed because No space left on device'],
};
