import type { Diagnostic } from '../diagnostic.ts';
import type { SourceLookup } from '../report/excerpt.ts';
import { formatGithub } from '../report/github.ts';
import { formatJson } from '../report/json.ts';
import { formatPretty, summary } from '../report/pretty.ts';
import { formatSarif } from '../report/sarif.ts';
import type { Format } from './arguments.ts';

/** Prints findings in the format asked for. */
export function printFindings(findings: readonly Diagnostic[], format: Format, lookup: SourceLookup): void {
  if (format === 'json') process.stdout.write(formatJson(findings));
  else if (format === 'sarif') process.stdout.write(formatSarif(findings));
  else if (format === 'github') process.stdout.write(formatGithub(findings));
  else {
    const useColor = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    const report = formatPretty(findings, lookup, useColor);
    process.stdout.write(`${report}${report === '' ? '' : '\n'}${summary(findings)}\n`);
  }
}
