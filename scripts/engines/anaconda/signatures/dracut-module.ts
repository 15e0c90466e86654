import type { Signature } from './signature.ts';

export const dracutModule: Signature = {
  id: 'dracut-module',
  pattern: /Module '([^']+)' cannot be (?:found|installed)\./,
  cause: 'dracut cannot put its module $1 into the initramfs of the installed system',
  advice: 'Add the package that has it: dracut-live, dracut-network or dracut-squash.',
  source: 'dracut-ng (May 2026): dracut.sh, for_each_module_dir',
  excerpt: ["2026-11-22 19:41:13,123 INFO: dracut[E]: Module 'livenet' cannot be found."],
};
