import type { Signature } from './signature.ts';

export const singleRoot: Signature = {
  id: 'single-root',
  pattern: /single \/ part, not autopart/,
  cause: 'a file system image has one / and no autopart',
  advice: 'Leave only `part /` (and swap) for this output.',
  isFatal: true,
  kickstartCommand: 'part',
  source: 'lorax 46: src/pylorax/creator.py, check_kickstart',
  excerpt: [
    '2026-11-22 19:41:13,123: Filesystem images must use a single / part, not autopart or multiple partitions. swap is allowed but not used.',
  ],
};
