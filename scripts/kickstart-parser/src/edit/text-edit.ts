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
  const chosen = new ChosenEdits(text.length);
  const applied: Diagnostic[] = [];
  for (const finding of findings) {
    const edits = finding.fix?.edits;
    if (edits === undefined || edits.length === 0 || !edits.every(({ span }) => span.file === file)) continue;
    if (chosen.add(edits.map((edit) => toTextEdit(edit.span, edit.text)))) applied.push(finding);
  }
  return { text: applyEdits(text, chosen.edits), applied };
}

/** Edits that do not touch each other. The characters they replace are marked: each further edit looks at its own only. */
class ChosenEdits {
  readonly edits: TextEdit[] = [];
  readonly #starts = new Set<number>();
  readonly #replaced: Uint8Array;

  constructor(length: number) {
    this.#replaced = new Uint8Array(length);
  }

  /** Adds edits, all or none; false when one of them touches an earlier one. */
  add(wanted: readonly TextEdit[]): boolean {
    if (wanted.some((edit) => this.#isTaken(edit))) return false;
    for (const edit of wanted) {
      this.edits.push(edit);
      this.#starts.add(edit.start);
      this.#replaced.fill(1, edit.start, edit.end);
    }
    return true;
  }

  #isTaken({ start, end }: TextEdit): boolean {
    // Two insertions at one place would both be applied, and perhaps say the same thing twice.
    if (this.#starts.has(start)) return true;
    // Two edits that meet here would have one that starts here.
    if (start === end) return this.#replaced[start - 1] === 1 && this.#replaced[start] === 1;
    for (let at = start; at < end; at++) {
      if (this.#replaced[at] === 1 || (at > start && this.#starts.has(at))) return true;
    }
    return false;
  }
}

function toTextEdit(span: Span, text: string): TextEdit {
  return { start: span.start.offset, end: span.end.offset, text };
}
