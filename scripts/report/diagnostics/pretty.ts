import type { Diagnostic, Severity, Span } from '../../diagnostic/index.ts';
import { type Colours, noColours } from './colours.ts';
import { excerpt } from './excerpt.ts';
import { withoutSecrets } from './secrets.ts';

export interface PrettyOptions {
  /** The text of a source that a span names; undefined where it cannot be had: then no line is shown. */
  readonly readSource?: (file: string) => string | undefined;
  readonly colours?: Colours;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** Diagnostics for people: place, severity, message, the line with what is meant underlined, and what to do. */
export function prettyDiagnostics(diagnostics: readonly Diagnostic[], options: PrettyOptions = {}): string {
  if (diagnostics.length === 0) return '';
  const { readSource = () => undefined, colours = noColours, width = 100 } = options;
  const texts = new Map<string, string | undefined>();
  const show = (span: Span, severity: Severity): readonly string[] => {
    if (!texts.has(span.file)) texts.set(span.file, readSource(span.file));
    const text = texts.get(span.file);
    return text === undefined ? [] : excerpt(span, text, colours[severity], colours, width);
  };
  const blocks = diagnostics.map((diagnostic) => block(diagnostic, show, colours).join('\n'));
  return `${[...blocks, countLine(diagnostics)].join('\n\n')}\n`;
}

function block(
  { code, severity, message, span, related = [], hint, fix }: Diagnostic,
  show: (span: Span, severity: Severity) => readonly string[],
  colours: Colours,
): readonly string[] {
  const place = span ? `${colours.bold(placeOf(span))}: ` : '';
  const label = colours.bold(colours[severity](severity));
  return [
    `${place}${label}: ${withoutSecrets(message)} ${colours.dim(`[${code}]`)}`,
    ...(span ? show(span, severity) : []),
    ...related.flatMap((other) => [
      `  ${placeOf(other.span)}: ${withoutSecrets(other.message)}`,
      ...show(other.span, 'info').map((line) => `  ${line}`),
    ]),
    ...(hint === undefined ? [] : [`  ${colours.info('hint')}: ${withoutSecrets(hint)}`]),
    ...(fix === undefined ? [] : [`  ${colours.info('fix')}: ${withoutSecrets(fix.title)}`]),
  ];
}

function placeOf({ file, start }: Span): string {
  return `${file}:${start.line}:${start.column}`;
}

/** `2 errors, 1 warning`. */
export function countLine(diagnostics: readonly Diagnostic[]): string {
  const severities: readonly Severity[] = ['error', 'warning', 'info'];
  return severities
    .map((severity) => [severity, diagnostics.filter((diagnostic) => diagnostic.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${noun(severity, count)}`)
    .join(', ');
}

function noun(severity: Severity, count: number): string {
  const one = severity === 'info' ? 'note' : severity;
  return count === 1 ? one : `${one}s`;
}
