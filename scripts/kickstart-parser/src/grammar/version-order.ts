import { KICKSTART_VERSIONS, type KickstartVersion } from './version.ts';

export type { KickstartVersion };

/** The releases of the family of one, Fedora or RHEL, oldest first. */
export function versionsOfFamily(version: KickstartVersion): readonly KickstartVersion[] {
  const start = version.startsWith('F') ? 'F' : 'RHEL';
  return KICKSTART_VERSIONS.filter((known) => known.startsWith(start));
}
