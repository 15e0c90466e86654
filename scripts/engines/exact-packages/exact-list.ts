import { archiveName, type LockedPackage, type LockIndex, listLines } from '../../package-lock/index.ts';

/** A list of exact packages as the scripts of this room take it, as the text of two files. */
export interface ExactList {
  /** Lines `FILE BYTES SHA256:SUM`. */
  readonly lock: string;
  /** Lines `FILE ADDRESS…`. */
  readonly addresses: string;
}

/** Where a repository is. */
export interface RepositoryAddress {
  readonly url: string;
  /** Where it is as it was at a time, with `{{time}}` in it. */
  readonly snapshot?: string | undefined;
}

const HOUR = 3600;

/**
 * How long after the index was signed somebody who wants what it names may look, in seconds. A snapshot service has what was on
 * the mirror when it looked last before the time that it is asked for: right after signing that may be what was there before.
 */
const LATER = [0, 6 * HOUR, 24 * HOUR];

/** Where locked packages may be: on the mirror as it is now, and in the snapshots of the time of their index. */
export function addressesOf(
  packages: readonly LockedPackage[],
  indexes: readonly LockIndex[],
  addressOf: (repository: string) => RepositoryAddress,
): ExactList {
  const places = new Map(
    indexes.map(({ name, repository, date }) => {
      const { url, snapshot } = addressOf(repository);
      const snapshots = LATER.flatMap((seconds) => snapshot?.replaceAll('{{time}}', timeStamp(date, seconds)) ?? []);
      return [name, [url, ...snapshots].map((one) => one.replace(/\/*$/, ''))] as const;
    }),
  );
  const lines = packages.map((one) => {
    const at = places.get(one.index) ?? [];
    return `${[archiveName(one), ...at.map((place) => `${place}/${one.path}`)].join(' ')}\n`;
  });
  return { lock: listLines(packages), addresses: lines.sort().join('') };
}

/** `20261129T005314Z`, as snapshot services write it. */
function timeStamp(date: string, laterSeconds: number): string {
  const time = new Date(Date.parse(date) + laterSeconds * 1000).toISOString();
  return `${time.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
