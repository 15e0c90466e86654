import type { Signature } from './signature.ts';

export const staleMount: Signature = {
  id: 'stale-mount',
  pattern: /Failed to create directory "?\/mnt\/sysroot/,
  cause: 'a mount of an earlier build is still at /mnt/sysroot',
  advice: '`phyllome doctor --clean`, or `umount -R /mnt/sysroot /mnt/sysimage`.',
  source: 'github.com/weldr/lorax issue 1420',
  excerpt: [
    'The exact error message is: ',
    '',
    'Failed to create directory "/mnt/sysroot/var": 2 - No such file or directory.',
  ],
};
