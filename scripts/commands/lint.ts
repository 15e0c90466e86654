import { existsSync } from 'node:fs';
import { formatGithub, formatGitlab, formatJson, formatSarif } from 'kickstart-parser';
import { choice, flag, inWords, option, optionalOperand, optionOr, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { type Diagnostic, ReportedError, UsageError } from '../diagnostic/index.ts';
import { writeWhole } from '../files/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { inWorkspace } from '../report/diagnostics/index.ts';
import { baseAndHardware } from './common-flags.ts';
import { findingsInFile, findingsOfAll, findingsOfFlavour, withoutRenderedLines } from './lint-findings.ts';

const formats = ['pretty', 'json', 'sarif', 'github', 'gitlab'] as const;

export const name = 'lint';
export const help = {
  summary: 'check the kickstart of a flavour, or a kickstart file',
  more: 'each finding at the source line that it comes from',
};
export const flags = {
  flavour: optionalOperand(text('flavour', { names: 'flavour', orFile: true }), 'see `phyllome list`'),
  ...baseAndHardware,
  all: flag('every flavour and variant on every base that it is for'),
  format: optionOr(
    choice('format', formats),
    `${inWords(formats)}; those of forges name files from the directory of the job, or from here`,
    'pretty',
  ),
  sarif: option(text('file', 'files'), 'write them there as SARIF, too'),
  codeQuality: option(text('file', 'files'), 'write them there as GitLab’s code quality report, too'),
};

const printers: Readonly<
  Record<Exclude<(typeof formats)[number], 'pretty'>, (findings: readonly Diagnostic[]) => string>
> = {
  github: formatGithub,
  gitlab: (findings) => formatGitlab(findings),
  json: formatJson,
  sarif: formatSarif,
};

/** Forges show findings beside the lines of a change: they know files by their place in the repository. */
const ofForges: readonly (typeof formats)[number][] = ['github', 'gitlab', 'sarif'];

/**
 * Checks a flavour's kickstart by the language and by the rules beyond it; findings are told at the flavour, component or
 * overlay file that the line comes from. A path to a kickstart file is checked as it is.
 * Sets exit code 1 when there are errors or warnings.
 */
export function run(asked: Values<typeof flags>, context: ReadingContext): void {
  const { format, sarif, codeQuality } = asked;
  const findings = found(asked, context);
  const placed = () => inWorkspace(withoutRenderedLines(findings), directoriesOf(context.places));
  if (format === 'pretty') context.warn(findings);
  else context.print(printers[format](ofForges.includes(format) ? placed() : findings).trimEnd());
  if (sarif !== undefined) writeWhole(sarif, formatSarif(placed()));
  if (codeQuality !== undefined) writeWhole(codeQuality, formatGitlab(placed()));
  if (findings.some((finding) => finding.severity !== 'info')) process.exitCode = 1;
}

type Asked = Pick<Values<typeof flags>, 'flavour' | 'all' | 'base' | 'hardware'>;

function found({ flavour: target, all, base, hardware }: Asked, context: ReadingContext) {
  const asked = { base, hardware };
  if (all === true) {
    const isOne = target !== undefined || asked.base !== undefined || asked.hardware !== undefined;
    if (isOne) throw usage('--all checks every flavour on every base');
    return findingsOfAll(context);
  }
  if (target === undefined) throw usage('which flavour? name one, or say --all');
  return isFile(target) ? findingsInFile(target) : findingsOfFlavour(target, asked, context);
}

const usage = (message: string): UsageError =>
  new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome lint --help' });

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
