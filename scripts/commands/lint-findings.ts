import path from 'node:path';
import { check, type LintOptions, parse, parseFile } from 'kickstart-parser';
import type { ReadingContext } from '../context/index.ts';
import type { Diagnostic } from '../diagnostic/index.ts';
import {
  type Asked,
  expiredStatements,
  pastEndOfLife,
  type ResolvedFlavour,
  resolveAll,
  resolveFlavour,
  secretsOf,
  withheld,
} from '../flavour/index.ts';
import { directoriesOf, kickstartVersion } from '../prepare/index.ts';
import { atSource, loadTemplates, type RenderedSet, renderFlavour, type Templates } from '../render/index.ts';

/** What is found in a kickstart file as it is. */
export function findingsInFile(file: string): readonly Diagnostic[] {
  return check(parseFile(path.resolve(file)));
}

/** What is found in one flavour and in its kickstart: what keeps it from being built is no reason to be silent about the rest. */
export function findingsOfFlavour(name: string, { base, hardware }: Asked, { places }: ReadingContext) {
  const { merged, diagnostics } = resolveFlavour({ name, base, hardware, directories: directoriesOf(places) });
  return merged ? withRendered(merged, diagnostics, templatesOf(places)) : diagnostics;
}

const templatesOf = ({ checkout }: ReadingContext['places']) =>
  loadTemplates(path.join(checkout, 'kickstarts/templates'), 'kickstarts/templates');

/** Warnings of the kickstart's language about what is an error in a flavour. */
const TOLD_BEFORE: ReadonlySet<string> = new Set(['dead-kernel-module', 'empty-passphrase', 'services-twice']);

/** What is wrong with the flavour, and with its kickstart besides: what a line was refused for is told once. */
function withRendered(flavour: ResolvedFlavour, found: readonly Diagnostic[], templates: Templates) {
  const rendered = renderFlavour(flavour, templates, 'live');
  const lineOf = ({ span }: Diagnostic) => span && `${span.file}:${span.start.line}`;
  const isError = ({ severity }: Diagnostic) => severity === 'error';
  const lines = new Set(found.filter(isError).map(lineOf));
  const more = [...rendered.diagnostics, ...findingsIn(flavour, rendered)].filter(
    (one) => !lines.has(lineOf(one)) || !(isError(one) || TOLD_BEFORE.has(one.code)),
  );
  return [...new Map([...found, ...more].map((one) => [keyOf(one), one])).values()];
}

const keyOf = ({ code, message, span }: Diagnostic) => JSON.stringify([code, message, span?.file, span?.start]);

/** What is found in any flavour and variant on any base; what many of them share is told once. */
export function findingsOfAll({ places }: ReadingContext): readonly Diagnostic[] {
  const templates = templatesOf(places);
  const found = new Map<string, Diagnostic>();
  for (const { merged, diagnostics } of resolveAll(directoriesOf(places))) {
    const all = merged ? withRendered(merged, diagnostics, templates) : diagnostics;
    for (const finding of withoutRenderedLines(all)) {
      const key = keyOf(finding);
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
