import type { SourceLine } from '../dossier/index.ts';
import type { PlacedStatement } from '../render/index.ts';

/** A vulnerability that a distribution knows of in a package of an image. */
export interface Found {
  /** `CVE-2026-1234`; where nobody gave it a number, the distribution's own name for it. */
  readonly id: string;
  /** Source package, or where the distribution tells of no sources, the package. */
  readonly source: string;
  readonly installed: string;
  /** The version that mends it and that the release has; absent where there is none. */
  readonly fixed?: string;
  /** In the distribution's words: `high`, `not yet assigned`, `important` … */
  readonly urgency: string;
  /** Whether the distribution knows that the release has it. */
  readonly state: 'open' | 'undetermined';
  /** `local` or `remote`, where it is known. */
  readonly scope?: string;
  readonly description?: string;
  /** What the distribution says besides: `no advisory: Minor issue`. */
  readonly note?: string;
  /** In the image. */
  readonly packages: readonly string[];
  /** Why one of the packages is there. */
  readonly why?: string;
  /** The line that asks for it, or for what needs it. */
  readonly at?: SourceLine;
  /** What the flavour states about it, as long as that counts. */
  readonly statement?: PlacedStatement;
}

/** What is no weakness in practice, by the distribution's own judgement: told, and nothing waits for it. */
export const isUnimportant = ({ urgency }: Pick<Found, 'urgency'>): boolean => urgency === 'unimportant';

/** What the flavour states does not apply to the image: told apart, and nothing waits for it. */
export const isStatedAway = ({ statement }: Found): boolean =>
  statement?.status === 'not_affected' || statement?.status === 'fixed';

/** Whether somebody should build anew: a fix is there, and nobody said that it is not needed. */
export const isWaiting = (one: Found): boolean => one.fixed !== undefined && !isUnimportant(one) && !isStatedAway(one);

/** The most urgent first. Debian's words and Fedora's. */
const URGENCIES = [
  'critical',
  'high',
  'important',
  'medium',
  'moderate',
  'low',
  'not yet assigned',
  'none',
  'end-of-life',
  'unimportant',
];

/** By urgency, then by package and name, with the newest last. */
export function byUrgency(all: readonly Found[]): readonly Found[] {
  const rank = ({ urgency }: Found) => {
    const place = URGENCIES.indexOf(urgency);
    return place < 0 ? URGENCIES.indexOf('not yet assigned') : place;
  };
  return [...all].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      a.source.localeCompare(b.source, 'en') ||
      a.id.localeCompare(b.id, 'en', { numeric: true }) ||
      (a.installed < b.installed ? -1 : 1),
  );
}
