import { ReportedError } from '../diagnostic/index.ts';
import { type ResolvedFlavour, releasesOf } from '../flavour/index.ts';
import { untrustedKey } from '../release/index.ts';
import type { SigningKey } from '../signing/index.ts';

/**
 * Before anything is built.
 * @throws ReportedError where the system would not trust the key that it is to be signed by
 */
export function refuseUntrustedKey(flavour: ResolvedFlavour, key: SigningKey | undefined): void {
  const releases = releasesOf(flavour);
  if (key === undefined || releases === undefined) return;
  const fault = untrustedKey({ releases: releases.value }, key.publicKey);
  if (fault === undefined) return;
  throw new ReportedError({
    code: 'untrusted-key',
    severity: 'error',
    message: fault,
    span: releases.at,
    hint: `Sign by another key, or list this one, too: ${key.publicKey.line}`,
  });
}
