import path from 'node:path';
import { displayCommand } from '../diagnostic/index.ts';
import type { Places } from '../places/index.ts';

/**
 * A command line that does with root's rights what somebody asked for without them: this very program, with the image by its
 * path. Root has another PATH, in which Node.js may be missing, and another cache.
 */
export function sudoCommand(words: readonly string[], { cache, checkout }: Pick<Places, 'cache' | 'checkout'>): string {
  const program = path.join(checkout, 'ci/phyllome');
  return `sudo env "PATH=$PATH" ${displayCommand([`PHYLLOME_CACHE=${cache}`, program, ...words])}`;
}
