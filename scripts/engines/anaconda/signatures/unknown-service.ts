import type { Signature } from './signature.ts';

export const unknownService: Signature = {
  id: 'unknown-service',
  pattern:
    /Cannot enable the following services because they are not installed on the target system: (?<units>.+?)\.?\s*$|Error enabling service (?<unit>\S+):/,
  cause: 'units that are to be enabled do not exist: $<units>$<unit>',
  advice: 'Add the package that has them, or take them out of the flavour.',
  kickstartWords: ['units', 'unit'],
  source: 'anaconda 45.21: modules/services/installation.py and core/service.py',
  excerpt: [
    'Cannot enable the following services because they are not installed on the target system: sshd.socket, phyllome-doctor.timer.',
  ],
};
