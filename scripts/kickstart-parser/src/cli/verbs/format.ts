import { writeFileSync } from 'node:fs';
import { format } from '../../edit/format.ts';
import { printable } from '../../report/printable.ts';
import { encode } from '../../source/bytes.ts';
import type { CliOptions } from '../arguments.ts';
import { readDocument } from '../input.ts';
import { writeText } from '../output.ts';

/** `format`: lays files out evenly. */
export function runFormat(options: CliOptions): number {
  let hasChange = false;
  for (const name of options.files) {
    const document = readDocument(name);
    const text = format(document);
    const isChanged = text !== document.source.text;
    hasChange ||= isChanged;
    if (options.checkOnly) {
      if (isChanged) process.stdout.write(printable(`${name} is not formatted\n`));
    } else if (options.toStdout || name === '-') writeText(text);
    else if (isChanged) writeFileSync(name, encode(text));
  }
  return options.checkOnly && hasChange ? 1 : 0;
}
