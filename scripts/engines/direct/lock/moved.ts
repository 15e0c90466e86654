import type { LockedPackage, LockFile, LockIndex } from '../../../package-lock/index.ts';
import type { KnownPackages } from './resolved.ts';

/** What apt would change. */
export interface Moved {
  readonly fetched: readonly LockedPackage[];
  /** Names. */
  readonly removed: ReadonlySet<string>;
}

/**
 * The system's part of a lock of which some packages have moved. What stays is of an index as it is now where that still has it;
 * else the older index stays in the lock, too: it tells the time at which a snapshot has the package.
 */
export function afterMove(
  before: LockFile,
  { fetched, removed }: Moved,
  now: readonly LockIndex[],
  known: KnownPackages,
): Pick<LockFile, 'indexes' | 'packages' | 'installer'> {
  const fresh = new Map(fetched.map((one) => [one.name, one]));
  const older = new Map<string, LockIndex>();
  const staying = (one: LockedPackage): LockedPackage => {
    const current = known.get(one.sha256);
    if (current !== undefined) return { ...one, index: current.index.name, path: current.found.path };
    const index = before.indexes.find(({ name }) => name === one.index);
    if (index === undefined) throw new Error(`the lock has no index ${one.index}`);
    const name = `${index.repository}@${index.date}`;
    older.set(name, { ...index, name });
    return { ...one, index: name };
  };
  const packages = [
    ...before.packages.filter(({ name }) => !removed.has(name) && !fresh.has(name)).map(staying),
    ...fetched,
  ];
  const installer = before.installer?.map(staying);
  const kept = [...older.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { indexes: [...now, ...kept], packages, ...(installer && { installer }) };
}
