import type { Diagnostic } from '../diagnostic.ts';
import { flatten } from '../flatten/flatten.ts';
import { check } from '../lint/lint.ts';
import type { Document } from '../syntax/tree.ts';
import type { CliOptions } from './arguments.ts';
import { isOptional, lintOptions } from './input.ts';

/** What is wrong with a kickstart together with the files it includes. */
export function findingsIn(document: Document, options: CliOptions): Diagnostic[] {
  const flat = flatten(document, { optional: isOptional(options) });
  const isIncomplete = flat.diagnostics.some(({ code }) => code === 'unreadable-file');
  return [...flat.diagnostics, ...check(flat.document, { ...lintOptions(document, options), isIncomplete })];
}
