import { existsSync } from 'node:fs';
import path from 'node:path';
import { check, formatGithub, formatJson, formatSarif, type LintOptions, parse, parseFile } from 'kickstart-parser';
import { choice, inWords, operand, optionOr, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { type Asked, expiredStatements, pastEndOfLife, secretsOf, withheld } from '../flavour/index.ts';
import { kickstartVersion, renderOne } from '../prepare/index.ts';
import { atSource } from '../render/index.ts';
import { baseAndHardware } from './common-flags.ts';

const formats = ['pretty', 'json', 'sarif', 'github'] as const;

export const name = 'lint';
export const help = {
  summary: 'check the kickstart of a flavour, or a kickstart file',
  more: 'each finding at the source line that it comes from',
};
export const flags = {
  flavour: operand(text('flavour', { names: 'flavour', orFile: true }), 'see `phyllome list`'),
  ...baseAndHardware,
  format: optionOr(choice('format', formats), inWords(formats), 'pretty'),
};

const printers: Readonly<
  Record<Exclude<(typeof formats)[number], 'pretty'>, (findings: readonly Diagnostic[]) => string>
> = {
  github: formatGithub,
  json: formatJson,
  sarif: formatSarif,
};

/**
 * Checks a flavour's kickstart by the language and by the rules beyond it; findings are told at the flavour, component or
 * overlay file that the line comes from. A path to a kickstart file is checked as it is.
 * Sets exit code 1 when there are errors or warnings.
 */
export function run(asked: Values<typeof flags>, context: ReadingContext): void {
  const { flavour: target, format } = asked;
  const findings = isFile(target) ? lintFile(target) : lintFlavour(target, asked, context);
  if (format === 'pretty') context.warn(findings);
  else context.print(printers[format](findings).trimEnd());
  if (findings.some((finding) => finding.severity !== 'info')) process.exitCode = 1;
}

/** @throws ReportedError for the path of a file that is not there */
function isFile(target: string): boolean {
  // The file of a flavour, or an editor's copy of one, is checked by the flavour's name.
  if (/\.ya?ml(?:~|\.\w+)?$/.test(target)) return false;
  if (!/\/|\.(?:ks|cfg)$/.test(target)) return target.includes('.') && existsSync(target);
  if (existsSync(target)) return true;
  const hint = 'a flavour is checked by its name, a kickstart by the path of its file';
  throw new ReportedError({
    code: 'missing-file',
    severity: 'error',
    message: `${target}: there is no such file`,
    hint,
  });
}

function lintFile(file: string): readonly Diagnostic[] {
  return check(parseFile(path.resolve(file)));
}

function lintFlavour(name: string, asked: Asked, context: ReadingContext): readonly Diagnostic[] {
  try {
    return lintRendered(name, asked, context);
  } catch (error) {
    // What keeps it from being rendered is a finding like any other, in the form that was asked for.
    if (!(error instanceof ReportedError) || error.exitCode !== 1) throw error;
    return error.diagnostics;
  }
}

function lintRendered(name: string, asked: Asked, context: ReadingContext): readonly Diagnostic[] {
  const { flavour, rendered } = renderOne(name, asked, context);
  const options: LintOptions = {
    version: kickstartVersion(flavour.base),
    profile: flavour.base.family === 'deb' ? 'direct' : 'livemedia',
  };
  const document = parse(rendered.kickstart, { file: `${name}.ks` });
  return withheld(
    [
      ...pastEndOfLife(flavour.base),
      ...expiredStatements(flavour.vulnerabilities),
      ...check(document, options).map((finding) => atSource(finding, rendered.map)),
    ],
    secretsOf(flavour),
  );
}
