import type { Signature } from './signature.ts';

export const traceback: Signature = {
  id: 'traceback',
  pattern: /^Traceback \(most recent call last\):/,
  cause: 'Anaconda or livemedia-creator ended with an error of its own',
  advice: 'The last line of the traceback says which; its file is in the log archive.',
  isSymptom: true,
  source: 'Python',
  excerpt: ['Traceback (most recent call last):'],
};
