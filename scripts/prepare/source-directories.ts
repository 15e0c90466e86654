import { statSync } from 'node:fs';
import { UsageError } from '../diagnostic/index.ts';
import { type Places, type SourceDirectory, sourceDirectories } from '../places/index.ts';

/**
 * Where this command looks for flavours, bases and components.
 * @throws UsageError when a directory of `--dir` or PHYLLOME_DIR is not there
 */
export function directoriesOf({ checkout, user }: Places): readonly SourceDirectory[] {
  const missing = user.filter((directory) => !statSync(directory, { throwIfNoEntry: false })?.isDirectory());
  if (missing.length > 0) {
    throw new UsageError(
      missing.map((directory) => ({
        code: 'no-directory',
        severity: 'error',
        message: `--dir ${directory}: there is no such directory`,
        hint: '`phyllome new NAME --from headless --dir DIR` makes one with a first flavour',
      })),
    );
  }
  return sourceDirectories(checkout, user);
}
