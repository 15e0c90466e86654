import type { Diagnostic, Severity, Span } from '../diagnostic.ts';
import { excerpt, type SourceLookup } from './excerpt.ts';

const COLORS: Readonly<Record<Severity | 'dim', string>> = { error: '31', warning: '33', info: '36', dim: '2' };

/** Prints findings for people: place, message, the line with carets, hint, related places. */
export function formatPretty(findings: readonly Diagnostic[], lookup: SourceLookup, useColor = false): string {
  const paint = (text: string, color: keyof typeof COLORS) =>
    useColor ? `\u001b[${COLORS[color]}m${text}\u001b[0m` : text;
  const blocks = findings.map((finding) => {
    const { span, severity, message, code } = finding;
    const place = span === undefined ? '' : `${placeOf(span)}: `;
    const lines = [`${place}${paint(severity, severity)}: ${message} ${paint(`[${code}]`, 'dim')}`];
    if (span !== undefined) lines.push(...excerpt(span, lookup));
    if (finding.hint !== undefined) lines.push(`hint: ${finding.hint}`);
    if (finding.fix !== undefined) lines.push(`fix: ${finding.fix.title}`);
    for (const related of finding.related ?? []) {
      lines.push(`${placeOf(related.span)}: ${related.message}`, ...excerpt(related.span, lookup));
    }
    return lines.map((line, index) => `${index === 0 ? '' : '  '}${line}\n`).join('');
  });
  return blocks.join('\n');
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

function placeOf(span: Span): string {
  return `${span.file}:${span.start.line}:${span.start.column}`;
}
