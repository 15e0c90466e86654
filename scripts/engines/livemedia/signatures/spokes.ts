import type { Signature } from './signature.ts';

export const spokes: Signature = {
  id: 'spokes',
  pattern: /mandatory spokes are not completed|required spoke|not ready to proceed/,
  cause: 'the kickstart leaves questions open that nobody is there to answer',
  advice: 'rootpw (also --lock), lang, keyboard and timezone must be there.',
  isFatal: true,
  excerpt: ['The following mandatory spokes are not completed:'],
};
