import { existsSync } from 'node:fs';
import path from 'node:path';
import { check, formatGithub, formatJson, formatSarif, type LintOptions, parse, parseFile } from 'kickstart-parser';
import { type Diagnostic, UsageError } from '../diagnostic/index.ts';
import type { Asked } from '../flavour/index.ts';
import { atSource } from '../render/index.ts';
import type { ReadingContext } from './context.ts';
import { kickstartVersion } from './kickstart-version.ts';
import { prepareFlavour } from './prepare.ts';

const formats: Readonly<Record<string, (findings: readonly Diagnostic[]) => string>> = {
  github: formatGithub,
  json: formatJson,
  sarif: formatSarif,
};

/**
 * Checks a flavour's kickstart by the language and by the rules beyond it; findings are told at the flavour, component or
 * overlay file that the line comes from. A path to a kickstart file is checked as it is.
 * Sets exit code 1 when there are errors or warnings.
 */
export function lint(target: string, options: Asked & { readonly format: string }, context: ReadingContext): void {
  const print = formats[options.format];
  if (print === undefined && options.format !== 'pretty') {
    throw new UsageError({
      code: 'unknown-value',
      severity: 'error',
      message: `--format ${options.format}: must be pretty, ${Object.keys(formats).join(', ')}`,
    });
  }
  const findings = /[/.]/.test(target) && existsSync(target) ? lintFile(target) : lintFlavour(target, options, context);
  if (print === undefined) context.warn(findings);
  else context.print(print(findings).trimEnd());
  if (findings.some((finding) => finding.severity !== 'info')) process.exitCode = 1;
}

function lintFile(file: string): readonly Diagnostic[] {
  return check(parseFile(path.resolve(file)));
}

function lintFlavour(name: string, asked: Asked, context: ReadingContext): readonly Diagnostic[] {
  const { flavour, rendered, kickstartFile } = prepareFlavour(name, asked, context);
  const options: LintOptions = {
    version: kickstartVersion(flavour.base),
    profile: flavour.base.family === 'deb' ? 'direct' : 'livemedia',
  };
  const document = parse(rendered.kickstart, { file: kickstartFile });
  return check(document, options).map((finding) => atSource(finding, rendered.map));
}
