import type { Signature } from './signature.ts';

export const dracutModule: Signature = {
  id: 'dracut-module',
  pattern: /dracut\[E\]: Module '([^']+)' cannot be found/,
  cause: 'dracut has no module $1 in the installed system',
  advice: 'Add the package that has it: dracut-live, dracut-network or dracut-squash.',
  excerpt: ["2026-11-22 19:41:13,123 INFO: dracut[E]: Module 'livenet' cannot be found."],
};
