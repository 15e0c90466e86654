import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LockIndex } from '../../../package-lock/index.ts';
import { releaseTimes } from '../../../repository/index.ts';

/** A repository whose indexes apt has fetched. */
export interface FetchedRepository {
  readonly id: string;
  readonly url: string;
  readonly suite: string;
  readonly components: readonly string[];
}

/** The indexes of one repository in apt's directory of lists. */
export interface FetchedIndex extends LockIndex {
  /** Names of the files that list its packages. */
  readonly files: ReadonlySet<string>;
}

/** What apt fetched for these repositories, and how its signed Release file dates it. */
export function fetchedIndexes(lists: string, repositories: readonly FetchedRepository[]): readonly FetchedIndex[] {
  const names = readdirSync(lists);
  return repositories.map(({ id, url, suite, components }) => {
    // As apt names its lists.
    const start = `${url
      .replace(/^[a-z]+:\/*/, '')
      .replace(/\/*$/, '')
      .replaceAll('/', '_')}_dists_${suite.replaceAll('/', '_')}_`;
    const release = readFileSync(path.join(lists, `${start}InRelease`));
    const ofComponents = components.map((component) => `${start}${component.replaceAll('/', '_')}_`);
    const files = names.filter(
      (name) => name.endsWith('_Packages') && ofComponents.some((one) => name.startsWith(one)),
    );
    return {
      name: id,
      repository: id,
      suite,
      components,
      ...releaseTimes(release.toString('utf8')),
      inRelease: createHash('sha256').update(release).digest('hex'),
      madeFrom: url,
      files: new Set(files),
    };
  });
}
