import type { Signature } from './signature.ts';

export const installerAsks: Signature = {
  id: 'installer-asks',
  pattern: /Press \[?ENTER\]? to (?:quit|exit|continue)|Please make (?:a|your) (?:selection|choice) from the above/,
  cause: 'Anaconda asks something, and nobody is there to answer',
  advice: 'The lines above the question name what the kickstart leaves open.',
  isFatal: true,
  excerpt: ['Please make a selection from the above [c to continue, q to quit, r to refresh]:'],
};
