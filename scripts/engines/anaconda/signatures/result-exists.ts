import type { Signature } from './signature.ts';

export const resultExists: Signature = {
  id: 'result-exists',
  pattern: /results_dir \((?<directory>.+)\) should not exist/,
  cause: 'the result directory $<directory> is there already, left by an earlier run',
  advice: '`phyllome doctor --clean`, or remove it.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: [
    '2026-11-22 19:41:13,123: The results_dir (/var/tmp/result) should not exist, please delete or move its contents',
  ],
};
