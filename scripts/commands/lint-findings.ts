import path from 'node:path';
import { check, type LintOptions, parse, parseFile } from 'kickstart-parser';
import type { ReadingContext } from '../context/index.ts';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import {
  type Asked,
  expiredStatements,
  pastEndOfLife,
  type ResolvedFlavour,
  resolveAll,
  secretsOf,
  withheld,
} from '../flavour/index.ts';
import { directoriesOf, kickstartVersion, renderOne } from '../prepare/index.ts';
import { atSource, loadTemplates, type RenderedSet, renderFlavour } from '../render/index.ts';

/** What is found in a kickstart file as it is. */
export function findingsInFile(file: string): readonly Diagnostic[] {
  return check(parseFile(path.resolve(file)));
}

/** What is found in the kickstart of one flavour; also what keeps it from being rendered. */
export function findingsOfFlavour(name: string, asked: Asked, context: ReadingContext): readonly Diagnostic[] {
  try {
    const { flavour, rendered } = renderOne(name, asked, context);
    return findingsIn(flavour, rendered);
  } catch (error) {
    // What keeps it from being rendered is a finding like any other, in the form that was asked for.
    if (!(error instanceof ReportedError) || error.exitCode !== 1) throw error;
    return error.diagnostics;
  }
}

/** What is found in any flavour and variant on any base; what many of them share is told once. */
export function findingsOfAll({ places }: ReadingContext): readonly Diagnostic[] {
  const templates = loadTemplates(path.join(places.checkout, 'kickstarts/templates'), 'kickstarts/templates');
  const found = new Map<string, Diagnostic>();
  for (const { flavour, diagnostics } of resolveAll(directoriesOf(places))) {
    const rendered = flavour && renderFlavour(flavour, templates, 'live');
    const more = flavour && rendered ? [...rendered.diagnostics, ...findingsIn(flavour, rendered)] : [];
    for (const finding of [...diagnostics, ...withoutRenderedLines(more)]) {
      const { code, message, span } = finding;
      const key = JSON.stringify([code, message, span?.file, span?.start]);
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
}

/** The same without the lines of one kickstart: they are others in each flavour, and after each change. */
export function withoutRenderedLines(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return findings.map((finding) => ({
    ...finding,
    message: finding.message.replace(/^line \d+ of the rendered kickstart: /, ''),
  }));
}

function findingsIn(flavour: ResolvedFlavour, { kickstart, map }: Pick<RenderedSet, 'kickstart' | 'map'>) {
  const options: LintOptions = {
    version: kickstartVersion(flavour.base),
    profile: flavour.base.family === 'deb' ? 'direct' : 'livemedia',
  };
  const document = parse(kickstart, { file: `${flavour.name}.ks` });
  return withheld(
    [
      ...pastEndOfLife(flavour.base),
      ...expiredStatements(flavour.vulnerabilities),
      ...check(document, options).map((finding) => atSource(finding, map)),
    ],
    secretsOf(flavour),
  );
}
