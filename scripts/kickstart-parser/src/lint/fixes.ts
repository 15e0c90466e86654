import type { Fix, Span } from '../diagnostic.ts';
import { replaceAt } from '../edit/fix.ts';
import type { Document, DocumentNode } from '../syntax/tree.ts';

/** Puts lines in front of an offset. */
export function insertAt(document: Document, offset: number, title: string, text: string): Fix {
  return replaceAt(document.source.span(offset, offset), title, text);
}

/** Adds a command line at the end of the command part: before the first section. */
export function addCommand(document: Document, line: string): Fix {
  const section = document.nodes.find((node) => node.kind === 'section');
  const offset = section?.start ?? document.source.text.length;
  const before = offset > 0 && document.source.text[offset - 1] !== '\n' ? '\n' : '';
  return insertAt(document, offset, `Add "${line}"`, `${before}${line}\n`);
}

/** The node that stands at a place. */
export function nodeAt(document: Document, span: Span): DocumentNode | undefined {
  return document.nodes.find((node) => {
    const own = node.span;
    return own.file === span.file && own.start.offset === span.start.offset;
  });
}
