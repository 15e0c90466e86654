import { writeFileSync } from 'node:fs';
import { flatten } from '../../flatten/flatten.ts';
import { formatPretty } from '../../report/pretty.ts';
import { encode } from '../../source/bytes.ts';
import type { CliOptions } from '../arguments.ts';
import { isOptional, readDocument, sourceLookup } from '../input.ts';
import { writeText } from '../output.ts';
import { UsageError } from '../usage.ts';

/** `flatten`: puts included files into place. */
export function runFlatten(options: CliOptions): number {
  const [name, ...others] = options.files;
  if (name === undefined || others.length > 0) throw new UsageError('flatten takes one file');
  const document = readDocument(name);
  const flat = flatten(document, { optional: isOptional(options) });
  process.stderr.write(formatPretty(flat.diagnostics, sourceLookup([document])));
  if (flat.diagnostics.some(({ severity }) => severity === 'error')) return 1;
  if (options.output === undefined) writeText(flat.text);
  else writeFileSync(options.output, encode(flat.text));
  if (options.map !== undefined) writeFileSync(options.map, `${JSON.stringify(flat.map)}\n`);
  return 0;
}
