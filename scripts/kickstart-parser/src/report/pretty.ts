import type { Diagnostic, Severity, Span } from '../diagnostic.ts';
import { excerpt } from './excerpt.ts';
import { printable } from './printable.ts';
import { plainStyle, type Style } from './style.ts';

/** The text of a file, to quote from; undefined when it is not at hand. It is asked once for each file. */
export type SourceLookup = (file: string) => string | undefined;

type Show = (span: Span, severity: Severity) => readonly string[];

/** Prints findings for people: place, message, the line with what is meant underlined, related places, and what to do. */
export function formatPretty(
  findings: readonly Diagnostic[],
  lookup: SourceLookup,
  style: Partial<Style> = {},
): string {
  const whole = { ...plainStyle, ...style };
  const texts = new Map<string, string | undefined>();
  const show: Show = (span, severity) => {
    if (span.withheld) return [];
    if (!texts.has(span.file)) texts.set(span.file, lookup(span.file));
    const text = texts.get(span.file);
    return text === undefined ? [] : excerpt(span, text, whole.colours[severity], whole);
  };
  return findings.map((finding) => `${block(finding, show, whole).join('\n')}\n`).join('\n');
}

function block(
  { code, severity, message, span, related = [], hint, fix, suggestions = [] }: Diagnostic,
  show: Show,
  { colours, conceal: blot }: Style,
): readonly string[] {
  const conceal = (text: string) => printable(blot(text));
  const place = span ? `${colours.bold(placeOf(span))}: ` : '';
  const label = colours.bold(colours[severity](severity));
  return [
    `${place}${label}: ${conceal(message)} ${colours.dim(`[${code}]`)}`,
    ...(span ? show(span, severity) : []),
    ...related.flatMap((other) => [
      `  ${placeOf(other.span)}: ${conceal(other.message)}`,
      ...show(other.span, 'info').map((line) => `  ${line}`),
    ]),
    ...(hint === undefined ? [] : [`  ${colours.info('hint')}: ${conceal(hint)}`]),
    ...(fix === undefined ? [] : [`  ${colours.info('fix')}: ${conceal(fix.title)}`]),
    ...suggestions.map(({ title }) => `  ${colours.info('suggestion')}: ${conceal(title)}`),
  ];
}

/** One line that counts findings, for the end of a report. */
export function summary(findings: readonly Diagnostic[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const parts = (['error', 'warning', 'info'] as const)
    .map((severity) => ({ severity, number: count(severity) }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}${number > 1 && severity !== 'info' ? 's' : ''}`);
  const found = parts.length === 0 ? 'No findings' : parts.join(', ');
  return fixable === 0 ? found : `${found}; ${fixable} can be fixed with "kickstart-parser fix"`;
}

function placeOf({ file, start }: Span): string {
  return `${printable(file)}:${start.line}:${start.column}`;
}
