import type { Signature } from './signature.ts';

export const authselectProgram: Signature = {
  id: 'authselect-program',
  pattern: /authselect is missing/,
  cause: 'the kickstart has an authselect line, and authselect is not installed',
  advice: 'Add authselect.',
  kickstartCommand: 'authselect',
  source: 'anaconda 45.21: modules/security/installation.py',
  excerpt: ['/usr/bin/authselect is missing. Cannot setup authentication.'],
};
