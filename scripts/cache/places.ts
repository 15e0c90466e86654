import path from 'node:path';

/** Directories of the cache whose content can be made or fetched again, one by one. */
export function placesOf(cache: string) {
  return {
    root: cache,
    stages: path.join(cache, 'stages'),
    packages: path.join(cache, 'packages'),
    indexes: path.join(cache, 'repodata'),
    /** What has a name in there with the mark of a process that is gone is removed by the next build. */
    temporary: path.join(cache, 'tmp'),
  };
}
