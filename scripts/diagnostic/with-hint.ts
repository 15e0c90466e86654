import type { Diagnostic } from 'kickstart-parser';

/** The same finding with further lines behind its hint, if it has one. */
export function withHint(diagnostic: Diagnostic, ...lines: readonly string[]): Diagnostic {
  const all = [...(diagnostic.hint === undefined ? [] : [diagnostic.hint]), ...lines];
  return all.length === 0 ? diagnostic : { ...diagnostic, hint: all.join('\n') };
}
