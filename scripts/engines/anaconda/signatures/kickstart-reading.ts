import type { Signature } from './signature.ts';

export const kickstartReading: Signature = {
  id: 'kickstart-reading',
  pattern: /error occurred during reading the kickstart file/,
  cause: 'Anaconda cannot read the kickstart',
  advice: 'The lines after it say why.',
  isSymptom: true,
  source: 'anaconda 45.21: kickstart.py, parseKickstart',
  excerpt: ['An error occurred during reading the kickstart file:'],
};
