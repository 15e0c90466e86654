import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPackaged } from './packaged.ts';

export { isPackaged } from './packaged.ts';
export {
  absolutePathOf,
  checkoutDirectory,
  type SourceDirectory,
  sourceDirectories,
  userDirectory,
} from './source-directory.ts';
export { webDirectory } from './web-directory.ts';

/** The directories that this program reads and writes. It writes nowhere else. All absolute. */
export interface Places {
  /** Where the sources of this program are: a clone, or an installed package. */
  readonly checkout: string;
  /** Build directories, one per flavour. `PHYLLOME_OUT`, else `out/` in the checkout, and `phyllome-out/` here where that is a package. */
  readonly out: string;
  /** Tools tree, packages, cached steps. `PHYLLOME_CACHE`, else `phyllome/` in the user's cache directory. */
  readonly cache: string;
  /** Directories with a user's own flavours, bases, overlays and topologies, searched before the checkout: `--dir`, then `PHYLLOME_DIR`. */
  readonly user: readonly string[];
}

/** The directory that somebody is in counts as one of theirs where it holds flavours, as `--dir .` would make it. */
export function findPlaces(
  env: NodeJS.ProcessEnv = process.env,
  userDirectories: readonly string[] = [],
  current: string = process.cwd(),
): Places {
  const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
  const named = [...userDirectories, ...(env.PHYLLOME_DIR ?? '').split(path.delimiter)]
    .filter((directory) => directory !== '')
    .map((directory) => path.resolve(current, directory));
  const userCache = env.XDG_CACHE_HOME ?? path.join(env.HOME ?? homedir(), '.cache');
  return {
    checkout,
    out: path.resolve(current, env.PHYLLOME_OUT ?? (isPackaged ? 'phyllome-out' : path.join(checkout, 'out'))),
    cache: path.resolve(env.PHYLLOME_CACHE ?? path.join(userCache, 'phyllome')),
    user: [...new Set([...named, ...(isOwn(current, checkout) ? [current] : [])])],
  };
}

/** The checkout's own flavours are found anyway. */
function isOwn(directory: string, checkout: string): boolean {
  const isInside = directory === checkout || directory.startsWith(`${checkout}${path.sep}`);
  return !isInside && statSync(path.join(directory, 'flavours'), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** `0.1.0`, as the checkout's package.json has it. */
export function programVersion(checkout: string): string {
  const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
