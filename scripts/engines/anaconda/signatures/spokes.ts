import type { Signature } from './signature.ts';

export const spokes: Signature = {
  id: 'spokes',
  pattern: /mandatory spokes are not completed/,
  cause: 'the kickstart leaves questions open that nobody is there to answer',
  advice: 'rootpw (also --lock), lang, keyboard and timezone must be there.',
  isFatal: true,
  source: 'anaconda 45.21: ui/tui/hubs/summary.py',
  excerpt: ['The following mandatory spokes are not completed:'],
};
