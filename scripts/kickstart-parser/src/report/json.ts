import type { Diagnostic } from '../diagnostic.ts';
import { printable } from './printable.ts';

/** Prints findings as a JSON array. */
export function formatJson(findings: readonly Diagnostic[]): string {
  return `${printable(JSON.stringify(findings, null, 2))}\n`;
}
