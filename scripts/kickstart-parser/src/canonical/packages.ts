import { line, word } from '../commands/canonical-line.ts';
import { optionSet, sectionGrammar } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { PackageEntry, PackageSelection } from '../model/model.ts';
import { isSectionName } from '../syntax/tree.ts';

/** Prints all `%packages` sections as one. */
export function canonicalPackages(packages: PackageSelection, version: KickstartVersion): string {
  const { defaultPackages, nocore } = packages.flags;
  const environment = defaultPackages ? '' : (packages.environment?.name ?? '');
  const included = new Set(packages.groups.map(({ name }) => name));
  if (environment !== '') included.add(`^${environment}`);
  const isIncluded = ({ name }: PackageEntry) => included.has(name);
  // No single header may say both.
  if (defaultPackages && nocore) {
    const flags = { ...packages.flags, defaultPackages: false };
    return `%packages --default\n\n%end\n\n${canonicalPackages({ ...withoutEnvironment(packages), flags }, version)}`;
  }
  const items = [
    // A group excluded first and included later would be lost if its exclusion came last.
    ...sorted(packages.excludedGroups.filter(isIncluded)).map(({ name }) => `-@${name}`),
    ...(environment === '' ? [] : [`@^${environment}`]),
    ...sorted(packages.groups).map(({ name, include }) => `@${name}${include === 'default' ? '' : ` --${include}`}`),
    ...sorted(packages.packages.filter((entry) => !readsAsDirective(entry))).map(({ name }) => name),
    ...sorted(packages.excludedGroups.filter((group) => !isIncluded(group))).map(({ name }) => `-@${name}`),
    ...sorted(packages.excludedPackages).map(({ name }) => `-${name}`),
  ];
  return `${canonicalPackageHeader(packages, version)}\n${items.map((item) => `${item}\n`).join('')}\n%end\n`;
}

/**
 * `%post#x` begins no section, as the word goes on behind the `#`, but for a list of packages a comment begins there: a
 * package `%post`, which no line of a list could say again.
 */
function readsAsDirective({ name }: PackageEntry): boolean {
  const first = name.split(/\s/, 1)[0] ?? '';
  return isSectionName(first) || first === '%end' || first === '%include';
}

function withoutEnvironment({ environment: _, ...packages }: PackageSelection): PackageSelection {
  return packages;
}

/** Prints the header with the options that hold in the end. */
export function canonicalPackageHeader({ flags }: PackageSelection, version: KickstartVersion): string {
  const grammar = sectionGrammar('%packages', version);
  const isKnown = (name: string) => grammar !== undefined && optionSet(grammar).byName.has(name);
  return line(
    '%packages',
    flags.defaultPackages ? '--default' : '',
    flags.excludedocs ? '--excludedocs' : '',
    flags.nocore ? '--nocore' : '',
    flags.ignoremissing ? '--ignoremissing' : '',
    flags.ignorebroken ? '--ignorebroken' : '',
    flags.instLangs === undefined
      ? ''
      : `${isKnown('--inst-langs') ? '--inst-langs' : '--instLangs'}=${flags.instLangs === '' ? '' : word(flags.instLangs)}`,
    flags.multiLib ? '--multilib' : '',
    flags.excludeWeakdeps ? (isKnown('--exclude-weakdeps') ? '--exclude-weakdeps' : '--excludeWeakdeps') : '',
    flags.timeout === undefined ? '' : `--timeout=${flags.timeout}`,
    flags.retries === undefined ? '' : `--retries=${flags.retries}`,
  );
}

/** Sorted by code point, as Python sorts. */
function sorted<T extends PackageEntry>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
