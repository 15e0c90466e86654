import type { CliOptions } from '../arguments.ts';
import { findingsIn } from '../findings.ts';
import { readDocument, sourceLookup } from '../input.ts';
import { printFindings } from '../output.ts';

/** `check`: reports what is wrong with kickstarts and the files they include. */
export async function runCheck(options: CliOptions): Promise<number> {
  const documents = options.files.map(readDocument);
  const findings = documents.flatMap((document) => findingsIn(document, options));
  await printFindings(findings, options.format, sourceLookup(documents));
  const failures = options.isStrict ? findings : findings.filter(({ severity }) => severity === 'error');
  return failures.length === 0 ? 0 : 1;
}
