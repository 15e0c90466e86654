import { formatPretty } from 'kickstart-parser/report';
import type { Diagnostic, Severity } from '../../diagnostic/index.ts';
import { type Colours, noColours } from './colours.ts';
import { withoutSecrets } from './secrets.ts';

export interface PrettyOptions {
  /** The text of a source that a span names; undefined where it cannot be had: then no line is shown. */
  readonly readSource?: (file: string) => string | undefined;
  readonly colours?: Colours;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** Diagnostics for people, without the secrets in them, and how many there are. */
export function prettyDiagnostics(diagnostics: readonly Diagnostic[], options: PrettyOptions = {}): string {
  if (diagnostics.length === 0) return '';
  const { readSource = () => undefined, colours = noColours, width = 100 } = options;
  const report = formatPretty(diagnostics, readSource, { colours, width, conceal: withoutSecrets });
  return `${report}\n${countLine(diagnostics)}\n`;
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
