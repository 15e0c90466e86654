import { isPassedOn } from '../grammar/lookup.ts';
import { isLineEnding } from '../source/lines.ts';
import { strip } from '../source/whitespace.ts';
import type { Document, DocumentNode, Section } from '../syntax/tree.ts';

/**
 * Prints a kickstart in an even layout: no white space at line ends, one blank between words, no runs of blank lines,
 * a blank line before each section, a line ending at the end. Scripts, comments and quoting stay as they are.
 */
export function format(document: Document): string {
  const parts: string[] = [];
  let before: DocumentNode | undefined;
  for (const node of document.nodes) {
    const last = parts.at(-1);
    const isBehindBlank = last === undefined || last === '\n';
    if (node.kind === 'blank' && isBehindBlank) continue;
    // A comment right above a section belongs to it; behind a section without %end a blank line would belong to that.
    const mayStandOff = !isBehindBlank && !last.startsWith('#') && !isOpen(before);
    if (node.kind === 'section' && mayStandOff) parts.push('\n');
    parts.push(formatNode(node));
    before = node;
  }
  while (parts.at(-1) === '\n' && !isOpen(before)) parts.pop();
  return parts.join('');
}

function isOpen(node: DocumentNode | undefined): boolean {
  return node?.kind === 'section' && node.endLine === undefined;
}

function formatNode(node: DocumentNode): string {
  switch (node.kind) {
    case 'blank':
      return '\n';
    case 'comment':
      return `${strip(node.text)}\n`;
    case 'section':
      return formatSection(node);
    case 'command':
      // What counts as a word or a comment there, only the program that reads it knows.
      return isPassedOn(node.name) ? leftAlone(node.text) : formatWords(node);
    default:
      return formatWords(node);
  }
}

interface WordedNode {
  readonly text: string;
  readonly words: readonly { readonly raw: string }[];
  readonly comment: string | undefined;
  readonly quotingError: unknown;
}

function formatWords(node: WordedNode): string {
  const words = node.words.map(({ raw }) => raw).join(' ');
  // A line whose quoting is broken, or whose last word holds its line ending, is left alone.
  if (node.quotingError !== undefined || strip(words) !== words) return leftAlone(node.text);
  return node.comment === undefined ? `${words}\n` : `${words}  ${node.comment}\n`;
}

/** The line as it is, but for its ending. */
function leftAlone(text: string): string {
  return closed(text.replace(/\r\n?$/, '\n'));
}

function formatSection(section: Section): string {
  return formatWords(section.header) + formatBody(section) + (section.endLine ? formatWords(section.endLine) : '');
}

function formatBody({ name, body }: Section): string {
  if (name !== '%packages' || body === '') return closed(body);
  // White space means nothing in a package list, and may mean anything in a script.
  const lines = closed(body).split('\n').slice(0, -1);
  return lines.map((line) => `${strip(line)}\n`).join('');
}

/** A text that ends with a line ending, if it is not empty. */
function closed(text: string): string {
  return text === '' || isLineEnding(text.charCodeAt(text.length - 1)) ? text : `${text}\n`;
}
