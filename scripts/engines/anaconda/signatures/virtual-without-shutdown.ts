import type { Signature } from './signature.ts';

export const virtualWithoutShutdown: Signature = {
  id: 'virtual-without-shutdown',
  pattern: /must include shutdown when using virt/,
  cause: 'an installation in a virtual machine must end with shutdown',
  advice: 'Replace reboot by shutdown.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/creator.py, check_kickstart',
  excerpt: ['2026-11-22 19:41:13,123: The kickstart must include shutdown when using virt installation.'],
};
