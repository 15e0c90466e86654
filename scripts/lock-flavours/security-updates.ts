import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ResolvedBase } from '../flavour/index.ts';
import type { LockedPackage } from '../package-lock/index.ts';
import { compareDebianVersions, packagesInDebianIndex, releaseTimes } from '../repository/index.ts';

/** A locked package of which the distribution has a newer one for security's sake. */
export interface Waiting {
  readonly list: 'system' | 'tools';
  readonly name: string;
  readonly locked: string;
  readonly newer: string;
}

interface Question {
  readonly lists: readonly (readonly [Waiting['list'], readonly LockedPackage[]])[];
  readonly security: ResolvedBase['repositories'];
}

/** What is waiting by the security indexes that apt fetched into `lists`, and the date of the oldest of them. */
export function securityUpdates(
  { lists: locked, security }: Question,
  lists: string,
): { readonly waiting: readonly Waiting[]; readonly date: string } {
  const suites = security.map(({ suite = '' }) => `_dists_${suite.replaceAll('/', '_')}_`);
  const isSecurity = (file: string) => suites.some((suite) => file.includes(suite));
  const newest = new Map<string, string>();
  for (const { name, version } of packagesInDebianIndex(lists, isSecurity)) {
    const known = newest.get(name);
    if (known === undefined || compareDebianVersions(known, version) < 0) newest.set(name, version);
  }
  const waiting = locked.flatMap(([list, packages]) =>
    packages.flatMap(({ name, version }): readonly Waiting[] => {
      const newer = newest.get(name);
      return newer !== undefined && compareDebianVersions(version, newer) < 0
        ? [{ list, name, locked: version, newer }]
        : [];
    }),
  );
  const dates = readdirSync(lists)
    .filter((file) => file.endsWith('InRelease') && isSecurity(file))
    .map((file) => releaseTimes(readFileSync(path.join(lists, file), 'utf8')).date);
  return { waiting, date: dates.sort()[0]?.slice(0, 10) ?? '' };
}
