import type { Signature } from './signature.ts';

export const dracutFailed: Signature = {
  id: 'dracut-failed',
  pattern: /\['dracut'.*returned non-zero|dracut command fails/,
  cause: 'dracut failed in the installed system',
  advice: 'The lines of dracut in program.log name the reason.',
  isSymptom: true,
  source: 'lorax 46: src/pylorax/executils.py (CalledProcessError); met with lorax 46',
  excerpt: [
    "2026-11-22 19:41:13,123 ERROR pylorax: Command '['dracut', '--xz', '--add', 'livenet dmsquash-live']' returned non-zero exit status 1.",
  ],
};
