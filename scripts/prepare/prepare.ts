import path from 'node:path';
import type { ReadingContext } from '../context/index.ts';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { makeDirectory, writeWhole } from '../files/index.ts';
import { type Asked, type ResolvedFlavour, resolveFlavour } from '../flavour/index.ts';
import type { Places } from '../places/index.ts';
import { loadTemplates, type Purpose, type RenderedSet, renderFlavour } from '../render/index.ts';
import { directoriesOf } from './source-directories.ts';

export interface Prepared {
  readonly flavour: ResolvedFlavour;
  readonly rendered: RenderedSet;
  /** See `buildDirectoryOf`. */
  readonly buildDirectory: string;
  /** Of the image's file, without what tells its kind: `phyllome-headless-debian-13`. */
  readonly imageName: string;
  readonly kickstartFile: string;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Resolves a flavour.
 * @throws ReportedError with everything that is wrong with it
 */
export function resolveOne(
  name: string,
  { base, hardware }: Asked,
  { places }: Pick<ReadingContext, 'places'>,
): { readonly flavour: ResolvedFlavour; readonly diagnostics: readonly Diagnostic[] } {
  const { flavour, diagnostics } = resolveFlavour({ name, base, hardware, directories: directoriesOf(places) });
  if (!flavour || diagnostics.some(isError)) throw new ReportedError(diagnostics);
  return { flavour, diagnostics };
}

/**
 * Resolves and renders a flavour; writes nothing.
 * @throws ReportedError with everything that is wrong with the flavour
 */
export function renderOne(
  name: string,
  asked: Asked,
  context: Pick<ReadingContext, 'places'>,
  purpose: Purpose = 'live',
): Pick<Prepared, 'flavour' | 'rendered' | 'warnings'> {
  const { flavour, diagnostics } = resolveOne(name, asked, context);
  const { places } = context;
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  const rendered = renderFlavour(flavour, templates, purpose);
  const warnings = [...diagnostics, ...rendered.diagnostics];
  if (warnings.some(isError)) throw new ReportedError(warnings);
  return { flavour, rendered, warnings };
}

/**
 * Resolves and renders a flavour and writes the rendered set into its build directory.
 * @throws ReportedError with everything that is wrong with the flavour
 */
export function prepareFlavour(
  name: string,
  asked: Asked,
  context: ReadingContext,
  purpose: Purpose = 'live',
): Prepared {
  const one = renderOne(name, asked, context, purpose);
  const { rendered } = one;
  const buildDirectory = buildDirectoryOf(name, asked, context.places);
  makeDirectory(buildDirectory);
  const fileName = purpose === 'live' ? name : `${name}.${purpose}`;
  const kickstartFile = path.join(buildDirectory, `${fileName}.ks`);
  const secret = holdsSecret(one.flavour);
  writeWhole(kickstartFile, rendered.kickstart, { secret });
  writeWhole(path.join(buildDirectory, `${fileName}.map.json`), `${JSON.stringify(rendered.map)}\n`);
  const imageName = joined('phyllome', name, one.flavour.base.name, asked.hardware);
  return { ...one, buildDirectory, imageName, kickstartFile };
}

/** `<out>/<flavour>`; what the command line asks for besides gets a directory of its own. */
export function buildDirectoryOf(name: string, { base, hardware }: Asked, places: Places): string {
  return path.join(places.out, joined(name, base, hardware));
}

const joined = (...parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined).join('-');

/** Whether the kickstart of the flavour holds the hash of somebody's password, or a file that is nobody else's business. */
export function holdsSecret({ users, files }: Pick<ResolvedFlavour, 'users' | 'files'>): boolean {
  return users.some((user) => user.passwordHash !== undefined) || files.some(({ secret }) => secret === true);
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}
