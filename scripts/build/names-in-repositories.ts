import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import type { Context } from '../context/index.ts';
import { closest, type Diagnostic, type Span } from '../diagnostic/index.ts';
import { groupsOfPackages, templateOf, unitsOfPackages } from '../engines/values/index.ts';
import { languageOf, type ResolvedFlavour } from '../flavour/index.ts';
import { namesInRepodata, type RepositoryNames, type RpmRepository } from '../repository/index.ts';

export const kinds = ['packages', 'units', 'groups'] as const;
export type Kind = (typeof kinds)[number];
/** What a flavour needs of repositories. */
export type Asked = Readonly<Record<Kind, readonly NamedThing[]>>;

/** What repositories have, by name; absent where nobody can tell. */
export type Known = Readonly<Record<Kind, ReadonlySet<string> | undefined>>;

/** A name, where it is asked for, and the line of the base file that gives it. */
export interface NamedThing {
  readonly name: string;
  readonly at: Span;
  readonly mapped?: Span | undefined;
}

/** What packages must bring: the packages themselves, units that start, groups that users are put into. `kickstart`: the flavour's. */
export function askedOf(flavour: ResolvedFlavour, kickstart: Pick<KickstartModel, 'commands'>): Asked {
  return {
    packages: namedPackages(flavour),
    units: startedUnits(flavour),
    groups: groupsOfPackages(flavour, kickstart),
  };
}

/** A package of a language is asked for by the line that names the language. */
function namedPackages({ packages, system, languages }: ResolvedFlavour): readonly NamedThing[] {
  const spoken = [system.lang, ...languages];
  return packages.map((one): NamedThing => {
    const { name, at } = one;
    const said = spoken.find(({ value }) => name.split('-').includes(languageOf(value)));
    return one.logical === 'language' && said ? { name, at: said.at } : { name, at, mapped: one.mapped };
  });
}

/**
 * The repositories that Anaconda installs a flavour from: the base's, and those that commands of its kickstart add. `unread` are
 * names of such that nobody here can read, so that nothing can be said to be in none of them.
 */
export function repositoriesOf(
  { base }: ResolvedFlavour,
  { commands }: Pick<KickstartModel, 'commands'>,
): { readonly repositories: readonly RpmRepository[]; readonly unread: readonly string[] } {
  const own = new Set(base.repositories.map(({ id }) => id));
  const added = commands.repo.filter(({ name = '' }) => !own.has(name));
  const at = base.at;
  return {
    repositories: [
      ...base.repositories,
      ...added.flatMap(({ name: id = '', baseurl, mirrorlist }): readonly RpmRepository[] => {
        if (baseurl !== undefined) return [{ id, baseurl, at }];
        return mirrorlist === undefined ? [] : [{ id, mirrorlist, at }];
      }),
    ],
    unread: added
      .filter(({ baseurl, mirrorlist }) => baseurl === undefined && mirrorlist === undefined)
      .map(({ name = '' }) => name),
  };
}

/**
 * What RPM repositories have together, by their repodata.
 * @throws EnvironmentError where one cannot be reached
 * @throws ReportedError where one answers nonsense
 */
export async function namesInAll(
  all: readonly RpmRepository[],
  { runner, signal, places }: Pick<Context, 'runner' | 'signal' | 'places'>,
): Promise<Known> {
  const access = { runner, signal, cache: path.join(places.cache, 'repodata') };
  const repositories: RepositoryNames[] = [];
  for (const repository of all) repositories.push(await namesInRepodata(repository, 'x86_64', access));
  const groups = new Set(repositories.flatMap((one) => one.groups));
  return {
    packages: new Set(repositories.flatMap((one) => one.packages)),
    units: repositories.some(({ units }) => units === undefined)
      ? undefined
      : new Set(repositories.flatMap(({ units }) => units ?? [])),
    // Of an older rpmbuild no package says so.
    groups: groups.size === 0 ? undefined : groups,
  };
}

/** Units that shall start and that packages must have. An instance is there with its template. */
function startedUnits(flavour: ResolvedFlavour): readonly NamedThing[] {
  return (['unit', 'user-unit'] as const)
    .flatMap((kind) => unitsOfPackages(kind, flavour))
    .filter(({ preset }) => preset === 'enable')
    .map(({ name, at, mapped }) => ({ name: templateOf(name), at, mapped }));
}

const lacks: Readonly<Record<Kind, (name: string) => string>> = {
  packages: (name) => `has a package \`${name}\``,
  units: (name) => `has a package with the unit \`${name}\``,
  groups: (name) => `has a package that makes the group \`${name}\``,
};

/** Each name that no repository has, once, where it is asked for. */
export function unknownNames(asked: Asked, known: Known, base: string): readonly Diagnostic[] {
  return kinds.flatMap((kind) => unknownOf(kind, asked[kind], known[kind], base));
}

function unknownOf(
  kind: Kind,
  asked: readonly NamedThing[],
  known: ReadonlySet<string> | undefined,
  base: string,
): readonly Diagnostic[] {
  if (known === undefined) return [];
  const seen = new Set<string>();
  return asked
    .filter(({ name }) => !known.has(name) && !seen.has(name) && seen.add(name))
    .map(({ name, at, mapped }): Diagnostic => {
      const slip = closest(name, known);
      return {
        code: `unknown-${kind.slice(0, -1)}`,
        severity: 'error',
        message: `no repository of ${base} ${lacks[kind](name)}`,
        span: mapped ?? at,
        ...(mapped && { related: [{ message: 'it is asked for here', span: at }] }),
        ...(slip && { hint: `did you mean \`${slip}\`?` }),
      };
    });
}
