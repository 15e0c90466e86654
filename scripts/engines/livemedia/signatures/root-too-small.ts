import type { Signature } from './signature.ts';

export const rootTooSmall: Signature = {
  id: 'root-too-small',
  pattern: /insufficient disk space:|Not enough space in file systems/,
  cause: 'the packages do not fit into `part /`',
  advice: 'Raise --size of `part /` (rootSizeMiB of the base).',
  isFatal: true,
  excerpt: ['Not enough space in file systems for the current software selection. An additional 512 MiB is needed.'],
};
