import { EnvironmentError } from '../diagnostic/index.ts';
import type { CacheUse } from '../plan/index.ts';

/** @throws EnvironmentError where another process builds with the cache: anything of it may be what it uses next */
export function refuseWhileBuilding(use: CacheUse, cache: string): void {
  const other = use.otherBuild();
  if (other === undefined) return;
  throw new EnvironmentError({
    code: 'cache-in-use',
    severity: 'error',
    message: `process ${other} is building with the cache ${cache}: nothing was done`,
    hint: 'Try again when it is over.',
  });
}
