import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { writeWhole } from '../files/index.ts';
import { resolveAll, unreachedComponents } from '../flavour/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { loadTemplates, renderFlavour } from '../render/index.ts';
import { differencesFrom } from './committed-set.ts';
import type { ReadingContext } from './context.ts';

export interface RenderAllOptions {
  /** Compare with the committed set instead of writing. */
  readonly check?: boolean;
  readonly out?: string;
}

/**
 * Renders every flavour and variant on every base that it is for, as `NAME.BASE.ks`.
 * @throws ReportedError with what is wrong in any of them, and with `check` when the committed set differs
 */
export function renderAll(options: RenderAllOptions, context: ReadingContext): void {
  const { places } = context;
  const isCheck = options.check === true;
  // What is committed are the checkout's own flavours.
  const directories = isCheck ? [checkoutDirectory(places.checkout)] : directoriesOf(places);
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  const kickstarts = new Map<string, string>();
  const findings: Diagnostic[] = [];
  const reached = new Set<string>();
  for (const { name, base, flavour, diagnostics } of resolveAll(directories)) {
    addNew(findings, diagnostics);
    if (!flavour) continue;
    for (const component of flavour.components) reached.add(component.name);
    const rendered = renderFlavour(flavour, templates);
    addNew(findings, rendered.diagnostics);
    kickstarts.set(`${name}.${base}.ks`, rendered.kickstart);
  }
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);
  context.warn([...findings, ...unreachedComponents(directories, reached)]);

  if (isCheck) {
    const folder = path.resolve(options.out ?? path.join(places.checkout, 'test/golden'));
    const differences = differencesFrom(folder, kickstarts);
    if (differences.length > 0) throw new ReportedError(differences);
    context.print(`${kickstarts.size} kickstarts are as committed`);
    return;
  }
  const folder = path.resolve(options.out ?? path.join(places.out, 'rendered'));
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of kickstarts) writeWhole(path.join(folder, file), text);
  context.print(`${kickstarts.size} kickstarts written to ${folder}`);
}

/** One mistake in a component shows in every flavour that has it: it is said once. */
function addNew(findings: Diagnostic[], more: readonly Diagnostic[]): void {
  const keyOf = ({ code, message, span }: Diagnostic) => `${code} ${message} ${span?.file}:${span?.start.line}`;
  const known = new Set(findings.map(keyOf));
  findings.push(...more.filter((diagnostic) => !known.has(keyOf(diagnostic))));
}
