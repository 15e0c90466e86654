import type { Signature } from './signature.ts';

export const staleMount: Signature = {
  id: 'stale-mount',
  pattern: /Failed to create directory "?\/mnt\/sysroot/,
  cause: 'a mount of an earlier build is still at /mnt/sysroot',
  advice: '`phyllome doctor --clean`, or `umount -R /mnt/sysroot /mnt/sysimage`.',
  excerpt: ['Failed to create directory "/mnt/sysroot/dev": Read-only file system'],
};
