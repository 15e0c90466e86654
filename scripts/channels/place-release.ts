import { existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { copyWhole } from '../files/index.ts';
import { publishedDirectory, verify } from '../release/index.ts';
import type { PublicKey } from '../signing/index.ts';
import type { Candidate } from './candidate.ts';
import { nameOf } from './channel-index.ts';

/**
 * Puts a release into the directory that hosts fetch: all of it at once, compared after it was copied. One that is there already is
 * compared and stays.
 * @returns whether it is new there
 * @throws ReportedError where another build lies under its name, or the copy is not what was signed
 */
export async function placeRelease(
  into: string,
  candidate: Candidate,
  signer: PublicKey,
  signal: AbortSignal,
): Promise<boolean> {
  const target = path.join(into, nameOf(candidate));
  if (existsSync(target)) {
    // What it is itself was judged already.
    if (realpathSync(target) !== realpathSync(candidate.directory)) await compare(target, candidate, signer, signal);
    return false;
  }
  const staging = `${target}.${process.pid}.part`;
  try {
    for (const file of candidate.files) {
      const to = path.join(staging, file);
      mkdirSync(path.dirname(to), { recursive: true });
      await copyWhole(path.join(candidate.directory, file), to, signal);
    }
    await compare(staging, candidate, signer, signal);
    renameSync(staging, target);
    return true;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function compare(directory: string, { sums }: Candidate, key: PublicKey, signal: AbortSignal): Promise<void> {
  const published = publishedDirectory(directory, signal);
  const list = await published.measure('SHA256SUMS', {});
  const other = 'fault' in list || list.sha256 !== sums ? ['it is another build'] : [];
  const { claims } = other.length > 0 ? { claims: [] } : await verify(published, { key });
  const wrong = claims.filter(({ state, needed }) => state === 'wrong' || needed === true);
  const faults = [...other, ...wrong.map(({ sentence }) => sentence)];
  if (faults.length === 0) return;
  throw new ReportedError(
    faults.map((fault) => ({
      code: 'not-released',
      severity: 'error',
      message: `${directory}: ${fault}`,
      hint: 'A release never changes: give the new build a greater `releases.version`, or remove what is damaged there.',
    })),
  );
}
