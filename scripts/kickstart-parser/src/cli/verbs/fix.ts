import { writeFileSync } from 'node:fs';
import type { Diagnostic } from '../../diagnostic.ts';
import { applyFixes } from '../../edit/text-edit.ts';
import { printable } from '../../report/printable.ts';
import { encode } from '../../source/bytes.ts';
import { parse } from '../../syntax/parse.ts';
import type { Document } from '../../syntax/tree.ts';
import type { CliOptions } from '../arguments.ts';
import { findingsIn } from '../findings.ts';
import { readDocument, sourceLookup } from '../input.ts';
import { printFindings, writeText } from '../output.ts';

/** Fixes that uncover further fixes; more rounds than this mean that two of them undo each other. */
const MOST_ROUNDS = 10;

/** `fix`: applies all fixes to the files named, not to those they include; then reports what is left. */
export async function runFix(options: CliOptions): Promise<number> {
  const fixed = options.files.map((name) => ({ name, ...fixDocument(readDocument(name), options) }));
  for (const { name, document, applied } of fixed) {
    if (options.toStdout || name === '-') writeText(document.source.text);
    else {
      if (applied.length > 0) writeFileSync(name, encode(document.source.text));
      for (const { message, fix } of applied)
        process.stderr.write(printable(`${name}: ${message}: ${fix?.title ?? ''}\n`));
    }
  }
  const left = fixed.flatMap(({ document }) => findingsIn(document, options));
  const documents = fixed.map(({ document }) => document);
  if (!options.toStdout && !options.files.includes('-'))
    await printFindings(left, options.format, sourceLookup(documents));
  return left.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function fixDocument(original: Document, options: CliOptions): { document: Document; applied: readonly Diagnostic[] } {
  let document = original;
  let applied: readonly Diagnostic[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const result = applyFixes(document.source.text, document.file, findingsIn(document, options));
    if (result.applied.length === 0) break;
    applied = applied.concat(result.applied);
    document = parse(result.text, { file: document.file });
  }
  return { document, applied };
}
