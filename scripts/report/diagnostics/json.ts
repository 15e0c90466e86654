import type { Diagnostic } from '../../diagnostic/index.ts';
import { withoutSecrets } from './secrets.ts';

/** Diagnostics for programs: one JSON document. Messages are shown without secrets; replacement texts are left as they are. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const shown = diagnostics.map((diagnostic) => ({ ...diagnostic, message: withoutSecrets(diagnostic.message) }));
  return `${JSON.stringify({ schema: 1, diagnostics: shown }, null, 2)}\n`;
}
