import { linkSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import type { EngineLeaf } from '../engines/engine/index.ts';
import { makeDirectory } from '../files/index.ts';
import { buildDirectoryOf } from '../prepare/index.ts';
import { removalOf } from '../process/index.ts';
import { type BuildRequest, buildFlavour } from './build-flavour.ts';

/**
 * What a build apart takes of the cache: the files of packages, or also what was fetched with them, which is their indexes and the
 * tools tree.
 */
export type Shared = 'packages' | 'whatever was fetched';

const FETCHED = /^(?:tools|index)-[\da-f]+$/;

/**
 * Builds a flavour once more, in a cache of its own that is gone afterwards and without a word, below `out/built-again`.
 * `take` gets the build directory while the cache is still there.
 * @throws what a build throws
 */
export async function buildApart<Result>(
  request: BuildRequest,
  shared: Shared,
  engines: readonly EngineLeaf[],
  context: Context,
  take: (directory: string, out: string) => Result | Promise<Result>,
): Promise<Result> {
  makeDirectory(context.places.cache);
  const cache = mkdtempSync(path.join(context.places.cache, 'rebuild-'));
  const places = { ...context.places, cache, out: path.join(context.places.out, 'built-again') };
  const { runner, signal, warn } = context;
  try {
    sharePackages(context.places.cache, cache);
    if (shared === 'whatever was fetched') shareFetched(context.places.cache, cache);
    await buildFlavour(request, engines, { places, runner, signal, warn, print: () => {}, say: () => {} });
    return await take(buildDirectoryOf(request.flavour, request, places), places.out);
  } finally {
    await runner.run({ argv: removalOf([cache]) }, {});
  }
}

/** Links, as they lie on the same disk: whoever installs packages replaces such files, and does not write into them. */
function sharePackages(from: string, to: string): void {
  const [source, target] = [path.join(from, 'packages'), path.join(to, 'packages')];
  mkdirSync(target);
  for (const entry of entriesOf(source)) {
    if (!entry.isFile() || !entry.name.endsWith('.deb')) continue;
    try {
      linkSync(path.join(source, entry.name), path.join(target, entry.name));
    } catch {
      // Gone by now, or on another disk: then it is fetched.
    }
  }
}

/** Who removes the other cache removes the links alone. */
function shareFetched(from: string, to: string): void {
  const [source, target] = [path.join(from, 'stages'), path.join(to, 'stages')];
  mkdirSync(target, { mode: 0o700 });
  for (const { name } of entriesOf(source)) {
    if (FETCHED.test(name)) symlinkSync(path.join(source, name), path.join(target, name));
  }
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
