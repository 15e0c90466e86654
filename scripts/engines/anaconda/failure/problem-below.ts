/** What is said below a line, and where that ends. */
export interface Problem {
  readonly text: string;
  /** Index of the last line that belongs to it. */
  readonly end: number;
}

/** The first paragraph below line `index`: what Anaconda writes between the line's number and the end. */
export function paragraphBelow(lines: readonly string[], index: number): Problem {
  let start = index + 1;
  while (start < lines.length && lines[start]?.trim() === '') start++;
  let end = start;
  while (end < lines.length && lines[end]?.trim() !== '') end++;
  const text = lines
    .slice(start, end)
    .map((line) => line.trim())
    .join(' ');
  return { text: text === '' ? 'it does not say what' : text, end: Math.max(index, end - 1) };
}

/** Between two tracebacks of which the second came of the first. */
const CHAINED = /^(?:During handling of the above exception|The above exception was the direct cause)/;

/** The last line of a traceback that begins at line `index`, which names the error; of several in a chain, of the last. */
export function endOfTraceback(lines: readonly string[], index: number): Problem {
  let end = index + 1;
  while (end < lines.length && /^\s/.test(lines[end] ?? '')) end++;
  if (end >= lines.length) return { text: 'its last line is missing', end: lines.length - 1 };
  let next = end + 1;
  while (next < lines.length && (lines[next]?.trim() === '' || CHAINED.test(lines[next] ?? ''))) next++;
  if (next > end + 1 && /^Traceback \(most recent call last\):/.test(lines[next] ?? ''))
    return endOfTraceback(lines, next);
  return { text: lines[end]?.trim() ?? '', end };
}
