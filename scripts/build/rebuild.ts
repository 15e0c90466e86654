import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import type { EngineLeaf } from '../engines/engine/index.ts';
import { makeDirectory } from '../files/index.ts';
import { lockedAs, lockPlace } from '../package-lock/index.ts';
import { buildDirectoryOf, directoriesOf, resolveOne } from '../prepare/index.ts';
import { inNamespaces, privilegeOf } from '../process/index.ts';
import { type RebuildRequest, readSums, type Sum } from '../release/index.ts';
import { buildFlavour } from './build-flavour.ts';

/** What was built again differs, and where it is; or why nothing was built. */
export type Rebuilt =
  | { readonly different: readonly string[]; readonly directory: string }
  | { readonly fault: string };

/**
 * Builds again what was published, by the same lock, and compares the checksums. Nothing that was made before is used: only the
 * files of packages, which a lock tells by their checksums. What is the same is removed afterwards.
 * @throws what a build throws
 */
export async function rebuild(
  request: RebuildRequest,
  published: readonly Sum[],
  engines: readonly EngineLeaf[],
  context: Context,
): Promise<Rebuilt> {
  const { flavour, base, hardware, outputs } = request;
  const fault = lockFault(request, context);
  if (fault !== undefined) return { fault };
  makeDirectory(context.places.cache);
  const cache = mkdtempSync(path.join(context.places.cache, 'rebuild-'));
  const places = { ...context.places, cache, out: path.join(context.places.out, 'built-again') };
  const { runner, signal, warn } = context;
  try {
    sharePackages(context.places.cache, cache);
    const quiet = { places, runner, signal, warn, print: () => {}, say: () => {} };
    // The only engine that takes a lock.
    const values = { output: outputs, locked: true };
    await buildFlavour({ flavour, base, hardware, engine: 'direct', isDryRun: false, values }, engines, quiet);
    const directory = buildDirectoryOf(flavour, { base, hardware }, places);
    const different = differences(published, readSums(directory).sums);
    if (different.length === 0) rmSync(places.out, { recursive: true });
    return { different, directory };
  } finally {
    // A root tree has files of other users of its namespace.
    await runner.run({ argv: inNamespaces(privilegeOf(), ['rm', '-rf', '--one-file-system', '--', cache]) }, {});
  }
}

function lockFault({ flavour, base, hardware, lock }: RebuildRequest, { places }: Context): string | undefined {
  const resolved = resolveOne(flavour, { base, hardware }, { places }).flavour;
  const place = lockPlace(lockedAs(resolved), directoriesOf(places));
  if (!place.isThere) return `its lock, ${lock.file}, is not here`;
  const sha256 = createHash('sha256').update(readFileSync(place.file)).digest('hex');
  return sha256 === lock.sha256
    ? undefined
    : `its lock has the SHA-256 ${lock.sha256}, and ${place.shown} here ${sha256}`;
}

/** Names of files that differ, or that only one of the two has. */
function differences(before: readonly Sum[], now: readonly Sum[]): readonly string[] {
  const [old, made] = [before, now].map((sums) => new Map(sums.map(({ file, sha256 }) => [file, sha256])));
  const names = new Set([...before, ...now].map(({ file }) => file));
  return [...names].filter((name) => old?.get(name) !== made?.get(name));
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

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
