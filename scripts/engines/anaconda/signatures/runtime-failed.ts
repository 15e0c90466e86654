import type { Signature } from './signature.ts';

export const runtimeFailed: Signature = {
  id: 'runtime-failed',
  pattern: /make_runtime failed with rc = (\d+)/,
  cause: 'the root tree could not be packed (mksquashfs ended with $1)',
  advice: 'Look for "No space left" in program.log; the directory of --tmp needs twice the size of the system.',
  isSymptom: true,
  source: 'lorax 46: src/pylorax/creator.py',
  excerpt: ['2026-11-22 19:41:13,123: make_runtime failed with rc = 1. See program.log'],
};
