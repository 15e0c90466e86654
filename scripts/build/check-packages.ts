import path from 'node:path';
import type { Context } from '../context/index.ts';
import { closest, type Diagnostic, EnvironmentError, ReportedError, UsageError } from '../diagnostic/index.ts';
import { packageIndexPlan } from '../engines/direct/index.ts';
import { explainPackages } from '../engines/tools/index.ts';
import { mappedPackages, type ResolvedFlavour, resolveAll } from '../flavour/index.ts';
import { executePlan } from '../plan/index.ts';
import { directoriesOf, renderOne } from '../prepare/index.ts';
import { loadTemplates, renderFlavour } from '../render/index.ts';
import { namesInDebianIndex, namesInRepodata } from '../repository/index.ts';

export interface CheckPackagesOptions {
  readonly all?: boolean;
  readonly base?: string;
}

/**
 * Asks the repositories of a base whether they hold the packages that a flavour names; with `all`, that every flavour names.
 * Debian's are asked through apt, which verifies signatures; RPM repositories by their repodata and its checksums.
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
      const asked: readonly NamedPackage[] = [
        ...flavours.flatMap(({ packages }) => packages),
        // A component that no flavour has may be in somebody's own.
        ...(options.all === true ? mappedPackages(base.name, directoriesOf(context.places)) : []),
      ];
      const unknown = unknownPackages(asked, known, base.name);
      if (unknown.length > 0) throw new ReportedError(unknown);
      context.print(
        `${base.name}: its repositories have all of ${new Set(asked.map((one) => one.name)).size} packages`,
      );
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

async function namesOf(flavours: readonly ResolvedFlavour[], context: Context): Promise<ReadonlySet<string>> {
  const [flavour] = flavours;
  if (!flavour) return new Set();
  if (flavour.base.family === 'deb') return debianNames(flavour, context);
  const { runner, signal, places } = context;
  const access = { runner, signal, cache: path.join(places.cache, 'repodata') };
  const names = new Set<string>();
  for (const repository of flavour.base.repositories) {
    for (const name of await namesInRepodata(repository, 'x86_64', access)) names.add(name);
  }
  return names;
}

/** The index that the direct engine would install from: fetched and verified by apt, a day old at most. */
async function debianNames(flavour: ResolvedFlavour, context: Context): Promise<ReadonlySet<string>> {
  const { places } = context;
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  const { kickstart } = renderFlavour(flavour, templates);
  const plan = await packageIndexPlan(flavour, kickstart);
  const logDirectory = path.join(places.cache, 'logs');
  const request = { rememberedAs: `index-${flavour.base.name}`, logDirectory, explain: explainPackages };
  return executePlan(plan, request, context, (state) =>
    namesInDebianIndex(path.join(state.directories.get('index') ?? '', 'lists')),
  );
}

type NamedPackage = Pick<ResolvedFlavour['packages'][number], 'name' | 'at' | 'mapped'>;

/** Each name that is not there, once, where it is asked for. */
function unknownPackages(
  asked: readonly NamedPackage[],
  known: ReadonlySet<string>,
  base: string,
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return asked
    .filter(({ name }) => !known.has(name) && !seen.has(name) && seen.add(name))
    .map(({ name, at, mapped }): Diagnostic => {
      const slip = closest(name, known);
      return {
        code: 'unknown-package',
        severity: 'error',
        message: `no repository of ${base} has a package \`${name}\``,
        span: mapped ?? at,
        ...(mapped && { related: [{ message: 'it is asked for here', span: at }] }),
        ...(slip && { hint: `did you mean \`${slip}\`?` }),
      };
    });
}
