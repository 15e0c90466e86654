import type { Signature } from './signature.ts';

export const kickstartSyntax: Signature = {
  id: 'kickstart-syntax',
  pattern: /The following problem occurred on line (?<line>\d+) of the kickstart file/,
  cause: 'Anaconda does not understand this line of the kickstart',
  advice: 'Check it with `phyllome lint`, and that the builder is of the release that the kickstart is for.',
  isFatal: true,
  hasKickstartLine: true,
  source: 'pykickstart: pykickstart/errors.py, printed by anaconda 45.21: kickstart.py',
  excerpt: [
    'An error occurred during reading the kickstart file:',
    'The following problem occurred on line 12 of the kickstart file:',
    '',
    'Unknown command: foo',
    '',
    'The installer will now terminate.',
  ],
};
