import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ResolvedFlavour } from '../flavour/index.ts';
import type { SourceDirectory } from '../places/index.ts';

/** What a lock is of. */
export interface Locked {
  readonly flavour: string;
  readonly base: string;
  /** Only where the command line named one. */
  readonly hardware?: string;
}

/** What the lock of a resolved flavour is of. */
export function lockedAs({ name, base, hardware }: Pick<ResolvedFlavour, 'name' | 'base' | 'hardware'>): Locked {
  const isAsked = hardware !== undefined && hardware.askedAt === undefined;
  return { flavour: name, base: base.name, ...(isAsked && { hardware: hardware.name }) };
}

export interface LockPlace {
  /** Absolute. */
  readonly file: string;
  /** As people are told, and manifests: from the checkout's root, or with the label of the user's directory. */
  readonly shown: string;
  readonly isThere: boolean;
}

/**
 * Where the lock lies: the first directory that has it counts, as with flavours. A new one is the user's own where there is
 * a directory of theirs, as it may hold components that change the checkout's flavours.
 */
export function lockPlace({ flavour, base, hardware }: Locked, directories: readonly SourceDirectory[]): LockPlace {
  const name = [flavour, base, ...(hardware === undefined ? [] : [hardware]), 'lock.json'].join('.');
  const places = directories.map(({ root, label, locks }) => {
    const file = path.join(root, locks, name);
    return { file, shown: path.join(label, locks, name), isThere: existsSync(file) };
  });
  const found = places.find(({ isThere }) => isThere) ?? places[0];
  if (found === undefined) throw new Error('there is no directory of sources');
  return found;
}

/** What the locks are of that lie in these directories, each once. */
export function allLocked(directories: readonly SourceDirectory[]): readonly Locked[] {
  const names = directories.flatMap(({ root, locks }) => {
    const directory = path.join(root, locks);
    return existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.lock.json')) : [];
  });
  return [...new Set(names)].sort().flatMap((name): Locked[] => {
    const [flavour, base, hardware, ...rest] = name.slice(0, -'.lock.json'.length).split('.');
    if (!flavour || !base || rest.length > 0) return [];
    return [{ flavour, base, ...(hardware !== undefined && { hardware }) }];
  });
}
