import type { Diagnostic } from '../diagnostic/index.ts';
import type { Compared } from './compared.ts';
import type { StartedUnit, TreeFacts } from './facts.ts';
import type { ManifestUnit } from './manifest.ts';

/** Packages of the base system's own parts: what they start belongs to every system. */
const ownParts = /^(?:systemd|udev|dbus|dracut)(?:-|$)/;

interface Claims {
  readonly units: readonly Claim[];
  readonly userUnits: readonly Claim[];
}
type Claim = Pick<ManifestUnit, 'name' | 'preset'>;
type Started = Pick<TreeFacts, 'startedUnits' | 'startedUserUnits' | 'unitStates' | 'userUnitStates'>;

/**
 * What starts with the system, or with the session of each user, because a package says so, and no component: a service that
 * listens, say, which nobody meant to have when they asked for a program.
 */
export function unclaimedUnits(claims: Claims, started: Started): readonly Diagnostic[] {
  const findings = (units: readonly StartedUnit[], what: string, where: string) =>
    units.map(
      ({ name, owner }): Diagnostic => ({
        code: 'unclaimed-unit',
        severity: 'error',
        message: `\`${name}\` of ${owner === '' ? 'no package' : `the package ${owner}`} starts with ${what}, and no component says so`,
        hint: `say what is to become of it in \`units:\`${where}, enabled or masked, and why`,
      }),
    );
  const { ofSystem, ofUsers } = unclaimed(claims, started);
  return [...findings(ofSystem, 'the system', ''), ...findings(ofUsers, 'each session', ' with `user: true`')];
}

/** The same of an image on which a distribution's own presets were applied, which may start more than was asked for. */
export function comparedUnits(claims: Claims, started: Started): readonly Compared[] {
  const { ofSystem, ofUsers } = unclaimed(claims, started);
  const row = (what: string, units: readonly StartedUnit[]): Compared => ({
    what,
    asked: '',
    found: units.map(({ name, owner }) => (owner === '' ? name : `${name} (${owner})`)).join(', '),
    ...(units.length > 0 && { exception: "the distribution's presets enable them, and no component speaks of them" }),
  });
  return [row('units that start unasked', ofSystem), row('units of sessions that start unasked', ofUsers)];
}

function unclaimed(claims: Claims, started: Started) {
  return {
    ofSystem: unclaimedOf(claims.units, started.startedUnits, started.unitStates),
    ofUsers: unclaimedOf(claims.userUnits, started.startedUserUnits, started.userUnitStates),
  };
}

function unclaimedOf(
  claims: readonly Claim[],
  started: readonly StartedUnit[],
  states: ReadonlyMap<string, string>,
): readonly StartedUnit[] {
  const claimed = claims.filter(({ preset }) => preset === 'enable').map(({ name }) => name);
  return started.filter(
    ({ name, owner }) => !ownParts.test(owner) && states.get(name) !== 'masked' && !isClaimed(name, claimed),
  );
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
