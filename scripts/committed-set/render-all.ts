import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ReadingContext } from '../context/index.ts';
import { type Diagnostic, ReportedError, UsageError } from '../diagnostic/index.ts';
import { makeDirectory, writeWhole } from '../files/index.ts';
import { resolveAll, unreachedComponents } from '../flavour/index.ts';
import { checkoutDirectory, type SourceDirectory } from '../places/index.ts';
import { directoriesOf, holdsSecret } from '../prepare/index.ts';
import { loadTemplates, renderFlavour } from '../render/index.ts';
import { differencesFrom } from './differences.ts';
import { holdsSet, readFolder, writeFolder } from './folder.ts';
import type { Rendered } from './record.ts';
import { purposesOf } from './specimens.ts';
import { writeSet } from './write-set.ts';

export interface RenderAllOptions {
  /** Compare with what is committed instead of writing kickstarts. */
  readonly check?: boolean;
  /** Write what is committed. */
  readonly update?: boolean;
  /** The folder of the kickstarts, or of the committed set. */
  readonly out?: string;
}

/**
 * Renders every flavour and variant on every base that it is for, as `NAME.BASE.ks`; or compares them with the committed
 * set, or writes that.
 * @throws ReportedError with what is wrong in any of them, and with `check` when the committed set differs
 */
export function renderAll(options: RenderAllOptions, context: ReadingContext): void {
  const { places } = context;
  const isOfCheckout = options.check === true || options.update === true;
  const folder = path.resolve(
    options.out ?? (isOfCheckout ? path.join(places.checkout, 'test/golden') : path.join(places.out, 'rendered')),
  );
  refuseFolder(folder, options);
  // What is committed are the checkout's own flavours.
  const directories = isOfCheckout ? [checkoutDirectory(places.checkout)] : directoriesOf(places);
  const kickstarts = renderEach(directories, isOfCheckout, context);

  if (!isOfCheckout) {
    makeDirectory(folder);
    for (const { flavour, kickstart } of kickstarts) {
      const secret = holdsSecret(flavour);
      writeWhole(path.join(folder, `${flavour.name}.${flavour.base.name}.ks`), kickstart, { secret });
    }
    context.print(`${kickstarts.length} kickstarts written to ${folder}`);
    return;
  }
  const set = writeSet(kickstarts);
  if (options.update === true) {
    writeFolder(folder, set);
    context.print(`what is committed of ${kickstarts.length} kickstarts is written to ${folder}`);
    return;
  }
  const differences = differencesFrom(readFolder(folder), set);
  if (differences.length > 0) throw new ReportedError(differences);
  context.print(`${kickstarts.length} kickstarts are as committed`);
}

/** @throws UsageError where the folder holds something else than what is to be written into it */
function refuseFolder(folder: string, { check, update }: RenderAllOptions): void {
  const refuse = (message: string, hint: string): never => {
    throw new UsageError({ code: 'usage', severity: 'error', message, hint });
  };
  if (check === true && update === true)
    refuse('--check compares and --update writes: say one of them', 'phyllome render --help');
  if (check === true) return;
  if (update !== true && holdsSet(folder)) {
    refuse(`${folder} holds what is committed of the kickstarts, not the kickstarts`, '`--update` writes it anew');
  }
  if (update === true && !holdsSet(folder) && existsSync(folder) && readdirSync(folder).length > 0) {
    refuse(`${folder} holds other files, and --update removes what it does not write`, 'name a new or empty directory');
  }
}

/** @param isOfCheckout also for other purposes than a live system, where one is committed whole */
function renderEach(
  directories: readonly SourceDirectory[],
  isOfCheckout: boolean,
  { places, warn }: ReadingContext,
): readonly Rendered[] {
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  const kickstarts: Rendered[] = [];
  const findings: Diagnostic[] = [];
  const reached = new Set<string>();
  for (const { name, base, flavour, diagnostics } of resolveAll(directories)) {
    addNew(findings, diagnostics);
    if (!flavour) continue;
    for (const component of flavour.components) reached.add(component.name);
    for (const purpose of isOfCheckout ? purposesOf(name, base) : (['live'] as const)) {
      const { kickstart, diagnostics: ofKickstart } = renderFlavour(flavour, templates, purpose);
      addNew(findings, ofKickstart);
      kickstarts.push({ flavour, purpose, kickstart });
    }
  }
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);
  warn([...findings, ...unreachedComponents(directories, reached)]);
  return kickstarts;
}

/** One mistake in a component shows in every flavour that has it: it is said once. */
function addNew(findings: Diagnostic[], more: readonly Diagnostic[]): void {
  const keyOf = ({ code, message, span }: Diagnostic) => `${code} ${message} ${span?.file}:${span?.start.line}`;
  const known = new Set(findings.map(keyOf));
  findings.push(...more.filter((diagnostic) => !known.has(keyOf(diagnostic))));
}
