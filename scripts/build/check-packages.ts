import path from 'node:path';
import { type KickstartModel, model, parse } from 'kickstart-parser';
import type { Context } from '../context/index.ts';
import { EnvironmentError, ReportedError, UsageError } from '../diagnostic/index.ts';
import { packageIndexPlan } from '../engines/direct/index.ts';
import { explainPackages } from '../engines/tools/index.ts';
import { mappedPackages, type ResolvedFlavour, resolveAll } from '../flavour/index.ts';
import { executePlan } from '../plan/index.ts';
import { directoriesOf, kickstartVersion, renderOne } from '../prepare/index.ts';
import { loadTemplates, renderFlavour } from '../render/index.ts';
import { namesInDebianIndex } from '../repository/index.ts';
import {
  type Asked,
  askedOf,
  type Kind,
  type Known,
  kinds,
  type NamedThing,
  namesInAll,
  repositoriesOf,
  unknownNames,
} from './names-in-repositories.ts';

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
      const kickstarts = flavours.map((one) => ({ flavour: one, kickstart: kickstartOf(one, context) }));
      const known = await namesOf(kickstarts, context);
      const each = kickstarts.map((one) => askedOf(one.flavour, one.kickstart));
      const asked: Asked = {
        packages: [
          ...each.flatMap(({ packages }) => packages),
          // A component that no flavour has may be in somebody's own.
          ...(options.all === true ? mappedPackages(base.name, directoriesOf(context.places)) : []),
        ],
        units: each.flatMap(({ units }) => units),
        groups: each.flatMap(({ groups }) => groups),
      };
      const unknown = unknownNames(asked, known, base.name);
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

interface FlavourKickstart {
  readonly flavour: ResolvedFlavour;
  readonly kickstart: KickstartModel;
}

async function namesOf(kickstarts: readonly FlavourKickstart[], context: Context): Promise<Known> {
  const flavour = kickstarts[0]?.flavour;
  if (flavour?.base.family !== 'rpm') {
    return { packages: flavour && (await debianNames(flavour, context)), units: undefined, groups: undefined };
  }
  const all = kickstarts.map((one) => repositoriesOf(one.flavour, one.kickstart));
  const unread = [...new Set(all.flatMap((one) => one.unread))];
  if (unread.length > 0) {
    throw new EnvironmentError({
      code: 'repository-unread',
      severity: 'error',
      message: `nothing can be said of names: ${unread.map((one) => `\`${one}\``).join(', ')} is given by a metalink, which only the installer reads`,
      hint: '`repo --name=… --baseurl=…` or `--mirrorlist=…` is read here as well',
    });
  }
  const repositories = new Map(all.flatMap((one) => one.repositories.map((repository) => [repository.id, repository])));
  return namesInAll([...repositories.values()], context);
}

function kickstartOf(flavour: ResolvedFlavour, context: Context): KickstartModel {
  const document = parse(textOf(flavour, context), { file: `${flavour.name}.ks` });
  return model(document, kickstartVersion(flavour.base));
}

function textOf(flavour: ResolvedFlavour, { places }: Context): string {
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  return renderFlavour(flavour, templates).kickstart;
}

/** The index that the direct engine would install from: fetched and verified by apt, a day old at most. */
async function debianNames(flavour: ResolvedFlavour, context: Context): Promise<ReadonlySet<string>> {
  const { places } = context;
  const plan = await packageIndexPlan(flavour, textOf(flavour, context));
  const logDirectory = path.join(places.cache, 'logs');
  const request = { rememberedAs: `index-${flavour.base.name}`, logDirectory, explain: explainPackages };
  return executePlan(plan, request, context, (state) =>
    namesInDebianIndex(path.join(state.directories.get('index') ?? '', 'lists')),
  );
}

/** `12 units`, unless none is asked for or nobody knows them. */
function countOf(kind: Kind, asked: readonly NamedThing[], known: ReadonlySet<string> | undefined): readonly string[] {
  const count = new Set(asked.map(({ name }) => name)).size;
  return known === undefined || count === 0 ? [] : [`${count} ${kind}`];
}
