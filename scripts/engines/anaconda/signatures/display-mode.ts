import type { Signature } from './signature.ts';

export const displayMode: Signature = {
  id: 'display-mode',
  pattern: /must not set a display mode/,
  cause: 'the kickstart sets a display mode (text, cmdline or graphical)',
  advice: 'Remove that line: livemedia-creator chooses the mode itself.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/creator.py, check_kickstart',
  excerpt: [
    '2026-11-22 19:41:13,123: The kickstart must not set a display mode (text, cmdline, graphical), this will interfere with livemedia-creator.',
  ],
};
