import type { Diagnostic } from '../diagnostic/index.ts';
import type { TreeFacts } from './facts.ts';
import type { Manifest } from './manifest.ts';

/** Packages of the base system's own parts: what they start belongs to every system. */
const ownParts = /^(?:systemd|udev|dbus|dracut)(?:-|$)/;

/**
 * What starts with the system because a package says so, and no component: a service that listens, say, which nobody meant to
 * have when they asked for a program.
 */
export function unclaimedUnits(
  { units }: Pick<Manifest, 'units'>,
  { startedUnits, unitStates }: Pick<TreeFacts, 'startedUnits' | 'unitStates'>,
): readonly Diagnostic[] {
  const claimed = units.filter(({ preset }) => preset === 'enable').map(({ name }) => name);
  return startedUnits
    .filter(
      ({ name, owner }) => !ownParts.test(owner) && unitStates.get(name) !== 'masked' && !isClaimed(name, claimed),
    )
    .map(({ name, owner }) => ({
      code: 'unclaimed-unit',
      severity: 'error',
      message: `\`${name}\` of ${owner === '' ? 'no package' : `the package ${owner}`} starts with the system, and no component says so`,
      hint: 'say what is to become of it in `units:`, enabled or masked, and why',
    }));
}

/** A template is claimed by any of its instances; a pattern claims what it matches. */
function isClaimed(name: string, claimed: readonly string[]): boolean {
  const template = (unit: string) => unit.replace(/@[^.]*\./, '@.');
  return claimed.some((claim) => {
    if (claim === name || template(claim) === name) return true;
    if (!/[*?]/.test(claim)) return false;
    const pattern = claim
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${pattern}$`).test(name);
  });
}
