import type { Signature } from './signature.ts';

export const installerAsks: Signature = {
  id: 'installer-asks',
  pattern: /Press \[?ENTER\]? to (?:quit|exit|continue)|Please make a selection from the above/,
  cause: 'Anaconda asks something, and nobody is there to answer',
  advice: 'The lines above the question name what the kickstart leaves open.',
  isFatal: true,
  source:
    'anaconda 45.21: ui/tui/spokes/installation_progress.py; simpleline’s prompt, as Fedora’s installation guide shows it',
  excerpt: ["Please make a selection from the above ['c' to continue, 'h' to help, 'q' to quit, 'r' to refresh]: "],
};
