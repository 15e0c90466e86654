import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import type { Context } from '../context/index.ts';
import type { EngineLeaf } from '../engines/engine/index.ts';
import { lockedAs, lockPlace } from '../package-lock/index.ts';
import { directoriesOf, resolveOne } from '../prepare/index.ts';
import { type RebuildRequest, readSums, type Sum } from '../release/index.ts';
import { buildApart } from './build-apart.ts';

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
  // The only engine that takes a lock.
  const asked = {
    flavour,
    base,
    hardware,
    engine: 'direct',
    isDryRun: false,
    values: { output: outputs, locked: true },
  };
  return buildApart(asked, 'packages', engines, context, (directory, out) => {
    const different = differentFiles(published, readSums(directory).sums);
    if (different.length === 0) rmSync(out, { recursive: true });
    return { different, directory };
  });
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
export function differentFiles(before: readonly Sum[], now: readonly Sum[]): readonly string[] {
  const [old, made] = [before, now].map((sums) => new Map(sums.map(({ file, sha256 }) => [file, sha256])));
  const names = new Set([...before, ...now].map(({ file }) => file));
  return [...names].filter((name) => old?.get(name) !== made?.get(name));
}
