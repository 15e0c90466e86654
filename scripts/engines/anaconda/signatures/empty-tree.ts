import type { Signature } from './signature.ts';

export const emptyTree: Signature = {
  id: 'empty-tree',
  pattern: /No such file or directory: '[^']*\/boot'/,
  cause: 'the installed tree is empty: Anaconda ended without an error and without installing',
  advice: 'A %pre with --erroronfail that failed does that; see its ks-script log.',
  source: 'met with lorax 46 on an empty tree',
  excerpt: ["2026-11-22 19:41:13,123: [Errno 2] No such file or directory: '/var/tmp/lorax.imgutils.1/boot'"],
};
