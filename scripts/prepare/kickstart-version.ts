import { KICKSTART_VERSIONS, type KickstartVersion } from 'kickstart-parser';
import type { ResolvedBase } from '../flavour/index.ts';

/** The syntax that the base's installer reads. Rendering has refused versions that the parser does not know. */
export function kickstartVersion(base: ResolvedBase): KickstartVersion {
  const version = KICKSTART_VERSIONS.find((known) => known === base.kickstartVersion);
  if (version === undefined) throw new Error(`${base.kickstartVersion} passed rendering but is unknown`);
  return version;
}
