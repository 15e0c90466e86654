import type { Diagnostic, Span } from '../diagnostic.ts';

/** Replaces the text between two offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits to a text. They must not overlap; edits at one place are applied in the order given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) throw new RangeError('Two edits change the same text');
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** What came of applying fixes. */
export interface FixResult {
  readonly text: string;
  readonly applied: readonly Diagnostic[];
}

/**
 * Applies the fixes of findings to the text of one file. Of fixes that touch the same text only the first is applied;
 * check again and apply the rest.
 */
export function applyFixes(text: string, file: string, findings: readonly Diagnostic[]): FixResult {
  const chosen: TextEdit[] = [];
  const applied: Diagnostic[] = [];
  for (const finding of findings) {
    const edits = finding.fix?.edits;
    if (edits === undefined || edits.length === 0 || !edits.every(({ span }) => span.file === file)) continue;
    const wanted = edits.map((edit) => toTextEdit(edit.span, edit.text));
    if (wanted.some((edit) => chosen.some((other) => overlap(edit, other)))) continue;
    chosen.push(...wanted);
    applied.push(finding);
  }
  return { text: applyEdits(text, chosen), applied };
}

function toTextEdit(span: Span, text: string): TextEdit {
  return { start: span.start.offset, end: span.end.offset, text };
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  // Two insertions at one place would both be applied, and perhaps say the same thing twice.
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
