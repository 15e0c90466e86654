import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ReportedError } from '../../diagnostic/index.ts';
import type { ManifestLock } from '../../image/index.ts';
import { type LockFile, listLines, lockedAs, lockPlace, misfits, readLock } from '../../package-lock/index.ts';
import { directoriesOf } from '../../prepare/index.ts';
import type { Job } from '../engine/index.ts';
import { cachedToolsList, toolsPackages } from '../tools/index.ts';
import type { DirectBase } from './base.ts';
import { type DirectLock, lockRequest } from './locked.ts';
import type { PackageRequest } from './package-request.ts';

export interface FoundLock extends DirectLock {
  /** As the manifest tells it. */
  readonly told: Exclude<ManifestLock, string>;
}

/**
 * The lock of the flavour that is to be built.
 * @throws ReportedError where there is none, or it is not one for what is asked for; nothing was started by then
 */
export function readLockFor(
  { prepared: { flavour }, host: { places } }: Pick<Job, 'prepared' | 'host'>,
  base: DirectBase,
  request: PackageRequest,
  installs: boolean,
): FoundLock {
  const of = lockedAs(flavour);
  const place = lockPlace(of, directoriesOf(places));
  if (!place.isThere) {
    throw new ReportedError({
      code: 'no-lock',
      severity: 'error',
      message: `there is no ${place.shown}: ${of.flavour} on ${of.base} is not locked`,
      hint: `\`phyllome lock ${of.flavour} --base ${of.base}${of.hardware === undefined ? '' : ` --hardware ${of.hardware}`}\` writes it`,
    });
  }
  const file = readLock(place);
  const wanted = { ...of, request: lockRequest(base, request, installs), tools: toolsPackages };
  const wrong = misfits(file, wanted, place.shown);
  if (wrong.length > 0) throw new ReportedError(wrong);
  return {
    file,
    hasTools: cachedToolsList(request.sources[0]?.url ?? '', places.cache) === toolsLines(file),
    told: { file: place.shown, sha256: createHash('sha256').update(readFileSync(place.file)).digest('hex') },
  };
}

/** The tools tree as its list tells it. */
export function toolsLines({ tools }: LockFile): string {
  return listLines(tools.packages);
}
