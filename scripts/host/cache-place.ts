import { EnvironmentError } from '../diagnostic/index.ts';

/** What separates directories in a mount, or is expanded by a shell; and what no list of paths can hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const UNUSABLE = /[\u0000-\u001f\u007f:,\\"$`]/;

/**
 * Mounts of layers, apt and the scripts that unpack packages work below the cache, and not all of them can quote.
 * @throws EnvironmentError where they could not work below this directory
 */
export function checkCachePlace(directory: string): void {
  const [character] = UNUSABLE.exec(directory) ?? [];
  if (character === undefined) return;
  throw new EnvironmentError({
    code: 'unusable-path',
    severity: 'error',
    message: `the cache ${JSON.stringify(directory)} has ${JSON.stringify(character)} in its path: layers cannot be mounted below it`,
    hint: 'PHYLLOME_CACHE names another directory',
  });
}
