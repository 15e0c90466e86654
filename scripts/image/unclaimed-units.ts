import type { Diagnostic } from '../diagnostic/index.ts';
import type { PresetUnit } from '../flavour/index.ts';
import type { RenderedMap } from '../render/index.ts';
import type { StartedUnit, TreeFacts } from './facts.ts';

/** Packages of the base system's own parts: what they start belongs to every system. */
const ownParts = /^(?:systemd|udev|dbus|dracut)(?:-|$)/;

/** What components say of units, and what the base says of those that its distribution starts. */
interface Claims extends Pick<RenderedMap, 'starts'> {
  readonly units: readonly Claim[];
  readonly userUnits: readonly Claim[];
}
type Claim = Pick<PresetUnit, 'name' | 'preset'>;
type Started = Pick<TreeFacts, 'startedUnits' | 'startedUserUnits' | 'unitStates' | 'userUnitStates'>;

/**
 * What starts with the system, or with the session of each user, because a package or a preset of the distribution's says so, and
 * neither a component nor the base: a service that listens, say, which nobody meant to have when they asked for a program.
 */
export function unclaimedUnits(claims: Claims, started: Started): readonly Diagnostic[] {
  const starts = claims.starts ?? [];
  const namesOf = (units: readonly Claim[], isUser: boolean) => [
    ...units.filter(({ preset }) => preset === 'enable').map(({ name }) => name),
    ...starts.filter(({ user = false }) => user === isUser).map(({ unit }) => unit),
  ];
  const finding = (
    { name, owner }: StartedUnit,
    state: string | undefined,
    what: string,
    where: string,
  ): Diagnostic => {
    // A link that the package brings is no preset's business.
    const choices = state?.startsWith('enabled') ? 'enabled, disabled or masked' : 'enabled or masked';
    return {
      code: 'unclaimed-unit',
      severity: 'error',
      message: `\`${name}\` of ${owner === '' ? 'no package' : `the package ${owner}`} starts with ${what}, and no component says so`,
      hint: `say what is to become of it in a component's \`units:\`${where}, ${choices}, and why: what it says goes before the distribution's presets`,
    };
  };
  return [
    ...started.startedUnits
      .filter((unit) => isUnclaimed(unit, namesOf(claims.units, false), started.unitStates))
      .map((unit) => finding(unit, started.unitStates.get(unit.name), 'the system', '')),
    ...started.startedUserUnits
      .filter((unit) => isUnclaimed(unit, namesOf(claims.userUnits, true), started.userUnitStates))
      .map((unit) => finding(unit, started.userUnitStates.get(unit.name), 'each session', ' with `user: true`')),
  ];
}

function isUnclaimed(
  { name, owner }: StartedUnit,
  claimed: readonly string[],
  states: ReadonlyMap<string, string>,
): boolean {
  return !ownParts.test(owner) && states.get(name) !== 'masked' && !isClaimed(name, claimed);
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
