import type { Signature } from './signature.ts';

export const kickstartMissing: Signature = {
  id: 'kickstart-missing',
  pattern: /kickstart file \((?<file>.+)\) is missing/,
  cause: 'livemedia-creator does not see the kickstart $<file>',
  advice: 'In a container or chroot the file must be copied in or mounted.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ['2026-11-22 19:41:13,123: kickstart file (/work/headless.ks) is missing.'],
};
