import type { Signature } from './signature.ts';

export const noNetworkLine: Signature = {
  id: 'no-network-line',
  pattern: /must activate networking/,
  cause: 'the kickstart has no network line',
  advice: 'Add `network --bootproto=dhcp --activate`.',
  isFatal: true,
  kickstartCommand: 'network',
  source: 'lorax 46: src/pylorax/creator.py, check_kickstart',
  excerpt: [
    '2026-11-22 19:41:13,123: The kickstart must activate networking if the url or nfs install method is used.',
  ],
};
