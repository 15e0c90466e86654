import type { Signature } from './signature.ts';

export const partWithoutSize: Signature = {
  id: 'part-without-size',
  pattern: /for \+: 'int' and 'NoneType'/,
  cause: 'a part line has no --size, and livemedia-creator computes the image from it',
  advice: 'Add --size=MiB to every part.',
  isFatal: true,
  kickstartCommand: 'part',
  source: 'lorax 46: src/pylorax/creator.py (Python’s TypeError); met with lorax 46',
  excerpt: ["2026-11-22 19:41:13,123: unsupported operand type(s) for +: 'int' and 'NoneType'"],
};
