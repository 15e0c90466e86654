import type { Signature } from './signature.ts';

export const unknownService: Signature = {
  id: 'unknown-service',
  pattern: /(?:Cannot enable the following services|Error enabling service):? '?(?<units>.+?)'?\.?$/,
  cause: 'units that are to be enabled do not exist: $<units>',
  advice: 'Add the package that has them, or take them out of the flavour.',
  excerpt: ['Cannot enable the following services: sshd.socket'],
};
