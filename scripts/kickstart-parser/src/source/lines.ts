/** Where the lines of a text begin and end. Kept as plain number arrays: a 10 MB kickstart has 250,000 of them. */
export interface LineTable {
  /** Offset of the first character of each line. */
  readonly starts: readonly number[];
  /** Offset just behind the last character of each line, without its line ending. */
  readonly ends: readonly number[];
}

/**
 * Splits a text where the kickstart readers do: besides the usual endings also at vertical tab, form feed, the
 * information separators, NEL and the Unicode line and paragraph separators. A final line ending opens no further line.
 */
export function splitLines(text: string): LineTable {
  const starts: number[] = [];
  const ends: number[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isLineEnding(text.charCodeAt(i))) continue;
    starts.push(start);
    ends.push(i);
    if (text.charCodeAt(i) === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    start = i + 1;
  }
  if (start < text.length) {
    starts.push(start);
    ends.push(text.length);
  }
  return { starts, ends };
}

/** Whether a UTF-16 code unit ends a line. */
export function isLineEnding(code: number): boolean {
  if (code > 0x1e) return code === 0x85 || code === 0x2028 || code === 0x2029;
  return (code >= 0x0a && code <= 0x0d) || code >= 0x1c;
}
