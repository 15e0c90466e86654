import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import type { Context } from '../context/index.ts';
import {
  closest,
  type Diagnostic,
  EnvironmentError,
  ReportedError,
  type Span,
  UsageError,
} from '../diagnostic/index.ts';
import { packageIndexPlan } from '../engines/direct/index.ts';
import { explainPackages } from '../engines/tools/index.ts';
import { groupsOfPackages, templateOf, unitsOfPackages } from '../engines/values/index.ts';
import { mappedPackages, type ResolvedFlavour, resolveAll } from '../flavour/index.ts';
import { executePlan } from '../plan/index.ts';
import { directoriesOf, kickstartVersion, renderOne } from '../prepare/index.ts';
import { loadTemplates, renderFlavour } from '../render/index.ts';
import { namesInDebianIndex, namesInRepodata, type RepositoryNames } from '../repository/index.ts';

export interface CheckPackagesOptions {
  readonly all?: boolean;
  readonly base?: string;
}

/**
 * Asks the repositories of a base whether they hold the packages that a flavour names; with `all`, that every flavour names.
 * Debian's are asked through apt, which verifies signatures; RPM repositories by their repodata and its checksums, of the units
 * and groups that a flavour names, too: Debian's indexes do not know those, and a build looks into its root tree.
 * @throws ReportedError with each name that no repository has, at the line that asks for it
 * @throws EnvironmentError where repositories cannot be reached, and nothing else is wrong
 */
export async function checkPackages(
  name: string | undefined,
  options: CheckPackagesOptions,
  context: Context,
): Promise<void> {
  const problems: ReportedError[] = [];
  for (const flavours of byBase(flavoursFor(name, options, context))) {
    const base = flavours[0]?.base;
    if (!base) continue;
    try {
      const known = await namesOf(flavours, context);
      const asked: Asked = {
        packages: [
          ...flavours.flatMap(({ packages }) => packages),
          // A component that no flavour has may be in somebody's own.
          ...(options.all === true ? mappedPackages(base.name, directoriesOf(context.places)) : []),
        ],
        units: flavours.flatMap(startedUnits),
        groups: known.groups ? flavours.flatMap((flavour) => askedGroups(flavour, context)) : [],
      };
      const unknown = kinds.flatMap((kind) => unknownNames(kind, asked[kind], known[kind], base.name));
      if (unknown.length > 0) throw new ReportedError(unknown);
      const found = kinds.flatMap((kind) => countOf(kind, asked[kind], known[kind]));
      context.print(`${base.name}: its repositories have all of ${found.join(', ')}`);
    } catch (error) {
      if (!(error instanceof ReportedError) || error.exitCode === 130) throw error;
      problems.push(error);
    }
  }
  if (problems.length === 0) return;
  const findings = problems.flatMap(({ diagnostics }) => diagnostics);
  throw problems.every((error) => error instanceof EnvironmentError)
    ? new EnvironmentError(findings)
    : new ReportedError(findings);
}

function flavoursFor(
  name: string | undefined,
  { all, base }: CheckPackagesOptions,
  context: Context,
): readonly ResolvedFlavour[] {
  if (all !== true) {
    if (name !== undefined) return [renderOne(name, { base }, context).flavour];
    throw new UsageError({ code: 'usage', severity: 'error', message: 'which flavour? name one, or say --all' });
  }
  const resolutions = [...resolveAll(directoriesOf(context.places))].filter((one) => !base || one.base === base);
  const findings = resolutions.flatMap(({ diagnostics }) => diagnostics);
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);
  return resolutions.flatMap(({ flavour }) => flavour ?? []);
}

function byBase(flavours: readonly ResolvedFlavour[]): readonly (readonly ResolvedFlavour[])[] {
  const groups = new Map<string, ResolvedFlavour[]>();
  for (const flavour of flavours) {
    groups.set(flavour.base.name, [...(groups.get(flavour.base.name) ?? []), flavour]);
  }
  return [...groups.values()];
}

const kinds = ['packages', 'units', 'groups'] as const;
type Kind = (typeof kinds)[number];
type Asked = Readonly<Record<Kind, readonly NamedThing[]>>;

/** What is known by name; absent where nobody can tell. */
type Known = Readonly<Record<Kind, ReadonlySet<string> | undefined>>;

/** Units that shall start and that packages must have. An instance is there with its template. */
function startedUnits(flavour: ResolvedFlavour): readonly NamedThing[] {
  return (['unit', 'user-unit'] as const)
    .flatMap((kind) => unitsOfPackages(kind, flavour))
    .filter(({ preset }) => preset === 'enable')
    .map(({ name, at, mapped }) => ({ name: templateOf(name), at, mapped }));
}

async function namesOf(flavours: readonly ResolvedFlavour[], context: Context): Promise<Known> {
  const [flavour] = flavours;
  if (flavour?.base.family !== 'rpm') {
    return { packages: flavour && (await debianNames(flavour, context)), units: undefined, groups: undefined };
  }
  const { runner, signal, places } = context;
  const access = { runner, signal, cache: path.join(places.cache, 'repodata') };
  const repositories: RepositoryNames[] = [];
  for (const repository of flavour.base.repositories)
    repositories.push(await namesInRepodata(repository, 'x86_64', access));
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

/** Groups that packages must bring. */
function askedGroups(flavour: ResolvedFlavour, context: Context): readonly NamedThing[] {
  if (flavour.users.every(({ groups }) => groups.length === 0)) return [];
  const document = parse(kickstartOf(flavour, context), { file: `${flavour.name}.ks` });
  return groupsOfPackages(flavour, model(document, kickstartVersion(flavour.base)));
}

function kickstartOf(flavour: ResolvedFlavour, { places }: Context): string {
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  return renderFlavour(flavour, templates).kickstart;
}

/** The index that the direct engine would install from: fetched and verified by apt, a day old at most. */
async function debianNames(flavour: ResolvedFlavour, context: Context): Promise<ReadonlySet<string>> {
  const { places } = context;
  const plan = await packageIndexPlan(flavour, kickstartOf(flavour, context));
  const logDirectory = path.join(places.cache, 'logs');
  const request = { rememberedAs: `index-${flavour.base.name}`, logDirectory, explain: explainPackages };
  return executePlan(plan, request, context, (state) =>
    namesInDebianIndex(path.join(state.directories.get('index') ?? '', 'lists')),
  );
}

/** A name, where it is asked for, and the line of the base file that gives it. */
interface NamedThing {
  readonly name: string;
  readonly at: Span;
  readonly mapped?: Span | undefined;
}

/** `12 units`, unless none is asked for or nobody knows them. */
function countOf(kind: Kind, asked: readonly NamedThing[], known: ReadonlySet<string> | undefined): readonly string[] {
  const count = new Set(asked.map(({ name }) => name)).size;
  return known === undefined || count === 0 ? [] : [`${count} ${kind}`];
}

const lacks: Readonly<Record<Kind, (name: string) => string>> = {
  packages: (name) => `has a package \`${name}\``,
  units: (name) => `has a package with the unit \`${name}\``,
  groups: (name) => `has a package that makes the group \`${name}\``,
};

/** Each name that is not there, once, where it is asked for. */
function unknownNames(
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
