import type { Fix, Span } from '../diagnostic.ts';

/** Replaces what stands at a place. */
export function replaceAt(span: Span, title: string, text: string): Fix {
  return { title, edits: [{ span, text }] };
}

/** Replaces what stands at a place; the title says by what. */
export function writeAt(span: Span, text: string): Fix {
  return replaceAt(span, `Write ${text}`, text);
}

/** Removes a whole line, its line ending included. */
export function removeLine(node: { readonly wholeSpan: Span }): Fix {
  return replaceAt(node.wholeSpan, 'Remove the line', '');
}

/** Makes a comment of what begins at a place. */
export function commentOut(span: Span): Fix {
  return replaceAt({ ...span, end: span.start }, 'Make it a comment', '# ');
}
