import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { type ResolvedFlavour, resolveFlavour } from '../flavour/index.ts';
import { writeWhole } from '../image/index.ts';
import { loadTemplates, type RenderedSet, renderFlavour } from '../render/index.ts';
import type { ReadingContext } from './context.ts';
import { directoriesOf } from './source-directories.ts';

export interface Prepared {
  readonly flavour: ResolvedFlavour;
  readonly rendered: RenderedSet;
  /** `<out>/<flavour>`; further bases than the flavour's own get a directory of their own. */
  readonly buildDirectory: string;
  readonly kickstartFile: string;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Resolves and renders a flavour; writes nothing.
 * @throws ReportedError with everything that is wrong with the flavour
 */
export function renderOne(
  name: string,
  base: string | undefined,
  { places }: Pick<ReadingContext, 'places'>,
): Pick<Prepared, 'flavour' | 'rendered' | 'warnings'> {
  const { flavour, diagnostics } = resolveFlavour({
    name,
    ...(base !== undefined && { base }),
    directories: directoriesOf(places),
  });
  if (!flavour || diagnostics.some(isError)) throw new ReportedError(diagnostics);
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  const rendered = renderFlavour(flavour, templates);
  const warnings = [...diagnostics, ...rendered.diagnostics];
  if (warnings.some(isError)) throw new ReportedError(warnings);
  return { flavour, rendered, warnings };
}

/**
 * Resolves and renders a flavour and writes the rendered set into its build directory.
 * @throws ReportedError with everything that is wrong with the flavour
 */
export function prepareFlavour(name: string, base: string | undefined, context: ReadingContext): Prepared {
  const one = renderOne(name, base, context);
  const { rendered } = one;
  const buildDirectory = path.join(context.places.out, base === undefined ? name : `${name}-${base}`);
  mkdirSync(buildDirectory, { recursive: true });
  const kickstartFile = path.join(buildDirectory, `${name}.ks`);
  const secret = one.flavour.users.some((user) => user.passwordHash !== undefined);
  writeWhole(kickstartFile, rendered.kickstart, { secret });
  writeWhole(path.join(buildDirectory, `${name}.map.json`), `${JSON.stringify(rendered.map)}\n`);
  return { ...one, buildDirectory, kickstartFile };
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}
