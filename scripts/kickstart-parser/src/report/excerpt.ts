import type { Span } from '../diagnostic.ts';

/** The text of a file, to quote from; undefined when it is not at hand. */
export type SourceLookup = (file: string) => string | undefined;

/** The line a span begins on, with carets under the span: two indented lines, or none without the text. */
export function excerpt(span: Span, lookup: SourceLookup): string[] {
  const text = lookup(span.file);
  if (text === undefined) return [];
  const lineStart = span.start.offset - (span.start.column - 1);
  const lineEnd = lineStart + (text.slice(lineStart).search(/[\n\r]|$/) ?? 0);
  const line = text.slice(lineStart, lineEnd);
  const from = span.start.column - 1;
  const length = span.end.line === span.start.line ? span.end.column - span.start.column : line.length - from;
  const number = String(span.start.line);
  const gutter = ' '.repeat(number.length);
  // Tabs stay tabs, so that the carets stand below what they mean.
  const indent = line.slice(0, from).replace(/[^\t]/g, ' ');
  return [
    `${number} | ${line}`,
    `${gutter} | ${indent}${'^'.repeat(Math.max(1, Math.min(length, line.length - from)))}`,
  ];
}
