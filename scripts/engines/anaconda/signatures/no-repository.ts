import type { Signature } from './signature.ts';

export const noRepository: Signature = {
  id: 'no-repository',
  pattern: /No repository is configured/,
  cause: 'no package source is configured',
  advice: 'Check url and repo lines; a repo must not be called "updates".',
  isSymptom: true,
  kickstartCommand: 'url',
  source: 'anaconda 45.21: modules/payloads/payload/dnf/initialization.py',
  excerpt: ['No repository is configured.'],
};
