import type { Signature } from './signature.ts';

export const installMethod: Signature = {
  id: 'install-method',
  pattern: /Only url, nfs and ostreesetup install methods/,
  cause: 'the kickstart names no source that livemedia-creator can install from',
  advice: 'Use `url --url=…` or `url --mirrorlist=…`.',
  isFatal: true,
  kickstartCommand: 'url',
  source: 'lorax 46: src/pylorax/creator.py, check_kickstart',
  excerpt: [
    '2026-11-22 19:41:13,123: Only url, nfs and ostreesetup install methods are currently supported.Please fix your kickstart file.',
  ],
};
