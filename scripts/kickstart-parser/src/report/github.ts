import type { Diagnostic } from '../diagnostic.ts';
import { printable } from './printable.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Prints findings as GitHub Actions workflow commands, which show them beside the changed lines. */
export function formatGithub(findings: readonly Diagnostic[]): string {
  return findings.map((finding) => `${command(finding)}\n`).join('');
}

function command({ severity, span, code, message, hint }: Diagnostic): string {
  const place =
    span === undefined
      ? []
      : [
          `file=${property(span.file)}`,
          `line=${span.start.line}`,
          `col=${span.start.column}`,
          `endLine=${span.end.line}`,
          `endColumn=${span.end.column}`,
        ];
  const text = hint === undefined ? message : `${message}. ${hint}`;
  return `::${LEVELS[severity]} ${[...place, `title=${property(code)}`].join(',')}::${data(text)}`;
}

function data(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
