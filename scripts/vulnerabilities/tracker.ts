import { type Fields, fieldsOf, objectIn, textOf } from '../files/index.ts';
import { compareDebianVersions } from '../repository/index.ts';
import type { Found } from './found.ts';
import type { InstalledSource } from './installed.ts';

/**
 * The data of Debian's Security Tracker, as https://security-tracker.debian.org/tracker/data/json has it: source package → name
 * of the vulnerability → what is known of it, with the state of each release.
 */
export type Tracker = Fields;

/** The tracker's data in a text; undefined where it is something else. */
export function trackerIn(text: string): Tracker | undefined {
  const tracker = objectIn(text);
  const isTracker = Object.values(tracker ?? {}).some((source) =>
    Object.values(fieldsOf(source) ?? {}).some((one) => fieldsOf(fieldsOf(one)?.releases) !== undefined),
  );
  return isTracker ? tracker : undefined;
}

/** Whether the data says anything of a release: a copy of another distribution's, or an old one, does not. */
export function knowsRelease(tracker: Tracker, release: string): boolean {
  return Object.values(tracker).some((source) =>
    Object.values(fieldsOf(source) ?? {}).some((one) => fieldsOf(fieldsOf(one)?.releases)?.[release] !== undefined),
  );
}

/** What the tracker knows of a source package of a release (`trixie`), as far as the installed version has it. */
export function openInDebian(tracker: Tracker, release: string, source: InstalledSource): readonly Found[] {
  const known = Object.hasOwn(tracker, source.name) ? fieldsOf(tracker[source.name]) : undefined;
  return Object.entries(known ?? {}).flatMap(([id, about]): readonly Found[] => {
    const entry = fieldsOf(about);
    const state = fieldsOf(fieldsOf(entry?.releases)?.[release]);
    if (entry === undefined || state === undefined) return [];
    const fixed = textOf(state.fixed_version);
    const status = textOf(state.status);
    // A fix in version 0 says that the release never had it.
    if (fixed === '0' || (status === 'resolved' && fixed === '')) return [];
    if (fixed !== '' && compareDebianVersions(source.version, fixed) >= 0) return [];
    // The version may be of another release, where this one was mended otherwise: its newest is never the faulty one then.
    if (status === 'resolved' && hasNewest(source.version, fieldsOf(state.repositories))) return [];
    const [scope, description] = [textOf(entry.scope), textOf(entry.description)];
    const note = noteOf(state);
    return [
      {
        id,
        source: source.name,
        installed: source.version,
        ...(fixed !== '' && { fixed }),
        // Stars mark what is only guessed from elsewhere.
        urgency: textOf(state.urgency).replace(/\*+$/, '') || 'not yet assigned',
        state: status === 'undetermined' ? 'undetermined' : 'open',
        ...(scope !== '' && { scope }),
        ...(description !== '' && { description }),
        ...(note !== '' && { note }),
        packages: source.packages,
        ...(source.why !== undefined && { why: source.why }),
        ...(source.at && { at: source.at }),
      },
    ];
  });
}

/** Whether a version is as new as each that the repositories of a release have. */
function hasNewest(version: string, repositories: Fields = {}): boolean {
  const there = Object.values(repositories).map(textOf);
  return there.length > 0 && there.every((one) => compareDebianVersions(version, one) >= 0);
}

/** Why there is no security advisory for it, and whether it is mended with the next point release. */
function noteOf({ nodsa, nodsa_reason: reason, next_point_update: isPlanned }: Fields): string {
  const words = [textOf(reason), textOf(nodsa)].filter((word) => word !== '');
  return [
    ...(words.length === 0 ? [] : [`no advisory: ${words.join(', ')}`]),
    ...(isPlanned === true ? ['comes with the next point release'] : []),
  ].join('; ');
}
