import type { Signature } from './signature.ts';

export const noRepository: Signature = {
  id: 'no-repository',
  pattern: /No repository is configured|Error setting up (?:software|base repository)/,
  cause: 'no package source is configured',
  advice: 'Check url and repo lines; a repo must not be called "updates".',
  isSymptom: true,
  excerpt: ['Error setting up software source'],
};
