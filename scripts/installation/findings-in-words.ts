import type { Diagnostic } from '../diagnostic/index.ts';

/** Findings as lines for a console: `answers.ks:3: error: …`. Nothing of the answers' text is shown: it may hold a passphrase. */
export function findingsInWords(findings: readonly Diagnostic[]): string[] {
  return findings.flatMap(({ severity, message, span, hint }) => {
    const place = span === undefined ? '' : `${span.file}:${span.start.line}: `;
    return [`${place}${severity}: ${message}`, ...(hint === undefined ? [] : [`    ${hint}`])];
  });
}
