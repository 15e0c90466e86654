import type { Diagnostic } from '../diagnostic.ts';

/** Prints findings as a JSON array. */
export function formatJson(findings: readonly Diagnostic[]): string {
  return `${JSON.stringify(findings, null, 2)}\n`;
}
