import path from 'node:path';
import { StageCache } from '../plan/index.ts';

/** Directories of the cache whose content can be made or fetched again, one by one. */
export function placesOf(cache: string) {
  const { stages, temporaryRoot: temporary } = new StageCache(cache);
  return {
    root: cache,
    stages,
    packages: path.join(cache, 'packages'),
    indexes: path.join(cache, 'repodata'),
    /** What has a name in there with the mark of a process that is gone is removed by the next build. */
    temporary,
  };
}
