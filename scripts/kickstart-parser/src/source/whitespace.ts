/**
 * White space as the kickstart readers see it when they look for blank lines and comments. It is not JavaScript's:
 * the separators U+001C to U+001F and NEL count, a byte order mark does not.
 */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** First offset at or after `from` and before `to` that holds no white space; `to` when there is none. */
export function skipSpace(text: string, from: number, to: number): number {
  let i = from;
  while (i < to && isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Last offset at or before `to` and after `from` that has no white space before it; `from` when there is none. */
export function skipSpaceBack(text: string, from: number, to: number): number {
  let i = to;
  while (i > from && isSpace(text.charCodeAt(i - 1))) i--;
  return i;
}

/** Removes white space at both ends. */
export function strip(text: string): string {
  const start = skipSpace(text, 0, text.length);
  return text.slice(start, skipSpaceBack(text, start, text.length));
}
