import type { Signature } from './signature.ts';

export const selectionErrors: Signature = {
  id: 'selection-errors',
  pattern: /software marked for installation has errors/,
  cause: 'the selected packages cannot be installed together',
  advice: 'packaging.log names them.',
  isSymptom: true,
  kickstartCommand: '%packages',
  source: 'anaconda 45.21: modules/payloads/payload/dnf/dnf_manager.py',
  excerpt: ['The following software marked for installation has errors.'],
};
