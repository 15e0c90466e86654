import type { Signature } from './signature.ts';

export const noDracut: Signature = {
  id: 'no-dracut',
  pattern: /No such file or directory: 'dracut'/,
  cause: 'dracut is not in the installed system',
  advice: 'Add dracut and dracut-live.',
  kickstartCommand: '%packages',
  source: 'lorax 46: src/pylorax/executils.py (OSError); met with lorax 46',
  excerpt: ["2026-11-22 19:41:13,123: [Errno 2] No such file or directory: 'dracut'"],
};
