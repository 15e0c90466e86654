import { isSpace, skipSpace } from '../source/whitespace.ts';

const PERCENT = 0x25;

/** The first word of a line if it begins with `%`, split at blanks only: inside sections quotes mean nothing. */
export function firstDirective(text: string, start: number, end: number): string | undefined {
  const first = skipSpace(text, start, end);
  if (first === end || text.charCodeAt(first) !== PERCENT) return undefined;
  let wordEnd = first;
  while (wordEnd < end && !isSpace(text.charCodeAt(wordEnd))) wordEnd++;
  return text.slice(first, wordEnd);
}
