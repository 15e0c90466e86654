import type { Document, DocumentNode, Section } from '../syntax/tree.ts';

/**
 * Prints a kickstart in an even layout: no white space at line ends, one blank between words, no runs of blank lines,
 * a blank line before each section, a line ending at the end. Scripts, comments and quoting stay as they are.
 */
export function format(document: Document): string {
  const blocks = document.nodes.map((node) => ({ node, text: formatNode(node) }));
  const lines: string[] = [];
  for (const { node, text } of blocks) {
    const isBlank = node.kind === 'blank';
    const isFirst = lines.length === 0;
    if (isBlank && (isFirst || lines.at(-1) === '')) continue;
    if (node.kind === 'section' && !isFirst && lines.at(-1) !== '' && !leadsInto(lines.at(-1))) lines.push('');
    lines.push(...text);
  }
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => `${line}\n`).join('');
}

/** A comment right above a section belongs to it. */
function leadsInto(line: string | undefined): boolean {
  return line?.startsWith('#') ?? false;
}

function formatNode(node: DocumentNode): string[] {
  switch (node.kind) {
    case 'blank':
      return [''];
    case 'comment':
      return [node.text.trim()];
    case 'section':
      return formatSection(node);
    default:
      return [formatWords(node)];
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
  // A line whose quoting is broken, or whose last word runs over the line break, is left alone.
  if (node.quotingError !== undefined || /[\n\r]/.test(words)) return node.text.replace(/\r?\n$/, '');
  return node.comment === undefined ? words : `${words}  ${node.comment}`;
}

function formatSection(section: Section): string[] {
  const end = section.endLine === undefined ? [] : [formatWords(section.endLine)];
  return [formatWords(section.header), ...bodyLines(section), ...end];
}

function bodyLines(section: Section): string[] {
  if (section.body === '') return [];
  const body = section.body.replace(/\r?\n$/, '');
  // White space means nothing in a package list, and may mean anything in a script.
  return section.name === '%packages' ? body.split('\n').map((line) => line.trim()) : [body];
}
