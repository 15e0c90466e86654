import { flatten } from '../../flatten/flatten.ts';
import { type Difference, diff } from '../../meaning/diff.ts';
import { model } from '../../read.ts';
import { printable } from '../../report/printable.ts';
import type { CliOptions } from '../arguments.ts';
import { isOptional, readDocument, versionFor } from '../input.ts';
import { UsageError } from '../usage.ts';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** `diff`: compares two kickstarts, with what they include, by meaning. */
export function runDiff(options: CliOptions): number {
  const [before, after] = options.files.map((name) => {
    const document = readDocument(name);
    const flat = flatten(document, { optional: isOptional(options) });
    return model(flat.document, versionFor(document, options));
  });
  if (before === undefined || after === undefined || options.files.length > 2) {
    throw new UsageError('diff takes two files');
  }
  const differences = diff(before, after);
  const pretty = differences.map(describe).join('');
  process.stdout.write(printable(options.format === 'json' ? `${JSON.stringify(differences, null, 2)}\n` : pretty));
  return differences.length === 0 ? 0 : 1;
}

function describe({ kind, subject, before, after }: Difference): string {
  const text = kind === 'changed' ? '' : (before ?? after ?? '').trimEnd();
  // What fits on a line is its own subject, unless it needs one: "package vim".
  const isShort = text !== '' && !text.includes('\n');
  if (isShort) return `${SIGNS[kind]} ${subject.endsWith(text) ? subject : text}\n`;
  const lines = [`${SIGNS[kind]} ${subject}`, ...indented('-', before), ...indented('+', after)];
  return lines.map((line) => `${line}\n`).join('');
}

function indented(sign: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${sign} ${line}`);
}
