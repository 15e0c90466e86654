import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostic.ts';
import { printable } from './printable.ts';

const SEVERITIES = { error: 'critical', warning: 'minor', info: 'info' } as const;

/**
 * Prints findings as GitLab's code quality report (a JSON array, "Code Quality report format" of its documentation), which a merge request
 * shows beside the changed lines. It knows no finding without a file: those are told at `unplaced`.
 */
export function formatGitlab(findings: readonly Diagnostic[], unplaced = '.'): string {
  const seen = new Map<string, number>();
  const issues = findings.map(({ code, severity, message, hint, span }) => {
    const path = span?.file ?? unplaced;
    // The line is left out: a finding stays the same one when lines above it are added. Equal ones are counted.
    const what = [code, path, message].join('\0');
    const number = (seen.get(what) ?? 0) + 1;
    seen.set(what, number);
    return {
      description: hint === undefined ? message : `${message}. ${hint}`,
      check_name: code,
      fingerprint: createHash('sha256').update(`${what}\0${number}`).digest('hex'),
      severity: SEVERITIES[severity],
      location: { path, lines: { begin: span?.start.line ?? 1 } },
    };
  });
  return `${printable(JSON.stringify(issues, null, 2))}\n`;
}
