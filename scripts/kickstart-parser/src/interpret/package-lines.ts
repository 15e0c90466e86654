import type { SourceText } from '../source/source-text.ts';
import { skipSpace, strip } from '../source/whitespace.ts';
import type { Section } from '../syntax/tree.ts';

/** A line of a `%packages` body that asks for something. */
export interface PackageLine {
  /** The line without its comment and the blanks around it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The lines of a `%packages` body, without blank lines, comments and directives. */
export function packageLines(source: SourceText, section: Section): PackageLine[] {
  const { starts, ends } = source.lines;
  const includes = new Set(section.includes.map((include) => include.start));
  const lines: PackageLine[] = [];
  for (let i = source.lineIndex(section.bodyStart); i < starts.length; i++) {
    const lineStart = starts[i] ?? 0;
    if (lineStart >= section.bodyEnd) break;
    if (lineStart < section.bodyStart || includes.has(lineStart)) continue;
    const raw = source.text.slice(lineStart, ends[i]);
    const hash = raw.indexOf('#');
    const visible = hash < 0 ? raw : raw.slice(0, hash);
    const text = strip(visible);
    const start = lineStart + skipSpace(visible, 0, visible.length);
    if (text !== '') lines.push({ text, start, end: start + text.length });
  }
  return lines;
}
