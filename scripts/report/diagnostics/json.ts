import { printable } from 'kickstart-parser/report';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { withoutSecrets } from './secrets.ts';

const SHOWN_TO_PEOPLE = new Set(['message', 'hint', 'title']);

/** Diagnostics for programs: one JSON document. What people read is without secrets; edits stay as they are. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const blot = (key: string, value: unknown): unknown =>
    typeof value === 'string' && SHOWN_TO_PEOPLE.has(key) ? withoutSecrets(value) : value;
  return `${printable(JSON.stringify({ schema: 1, diagnostics }, blot, 2))}\n`;
}
