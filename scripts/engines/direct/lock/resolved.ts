import { readFileSync } from 'node:fs';
import path from 'node:path';
import { archiveName, type LockedPackage } from '../../../package-lock/index.ts';
import { type IndexedPackage, packagesInDebianIndex } from '../../../repository/index.ts';
import type { FetchedIndex } from './index-files.ts';

/** Packages by their sums, each with the indexes that have it: in the order in which the base names them. */
export type KnownPackages = ReadonlyMap<string, { readonly found: IndexedPackage; readonly index: FetchedIndex }>;

/** Everything that the indexes have. */
export function knownPackages(lists: string, indexes: readonly FetchedIndex[]): KnownPackages {
  const known = new Map<string, { found: IndexedPackage; index: FetchedIndex; rank: number }>();
  const isOurs = (file: string) => indexes.some(({ files }) => files.has(file));
  for (const found of packagesInDebianIndex(lists, isOurs)) {
    const rank = indexes.findIndex(({ files }) => files.has(found.file));
    const index = indexes[rank];
    const before = known.get(found.sha256);
    // One that several have is told as the main repository's, as which it stays when it has left the others.
    if (index !== undefined && (before === undefined || rank < before.rank)) {
      known.set(found.sha256, { found, index, rank });
    }
  }
  return known;
}

/** The packages of the list that resolving left in `directory`, with all that a lock says of them. */
export function resolvedPackages(directory: string, known: KnownPackages): readonly LockedPackage[] {
  const lines = readFileSync(path.join(directory, 'lock'), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [file, , sum] = line.split(' ');
      const one = known.get(sum?.replace('SHA256:', '') ?? '');
      // apt took it from these very indexes.
      if (one === undefined) throw new Error(`no index has ${line}`);
      const { name, version, architecture, size, sha256, path: at } = one.found;
      const locked = { name, version, architecture, size, sha256, path: at, index: one.index.name };
      if (archiveName(locked) !== file) throw new Error(`apt calls ${name} ${version} ${file}`);
      return locked;
    });
}
