import { UsageError } from '../diagnostic/index.ts';
import { isPackaged } from '../places/index.ts';

/**
 * Of what changes this project's own files, or compares them.
 * @throws UsageError in an installed package
 */
export function checkoutOnly(command: string): void {
  if (!isPackaged) return;
  throw new UsageError({
    code: 'not-in-a-package',
    severity: 'error',
    message: `\`${command}\` is about the project's own sources, and this is an installed package`,
    hint: 'It works in a clone of the project.',
  });
}
