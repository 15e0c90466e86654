import { PARTS, type Part } from '../explain/index.ts';
import type { Edition } from './edition.ts';
import { readScope, type Scope } from './scope.ts';
import { type Entry, readLine } from './summary-lines.ts';

/** What one section of a summary says. */
export interface Section {
  readonly part: Part;
  /** What the kickstarts that these are compared with have, and these have not. */
  readonly isLost: boolean;
  readonly scope: Scope;
  readonly entries: readonly Entry[];
}

export interface Summary {
  readonly edition: Edition;
  readonly sections: readonly Section[];
}

/** Reads what `writeSummaries` wrote; the numbers of the lines that are none of it are in `strange`. */
export function readSummary(name: string, text: string): Summary & { readonly strange: readonly number[] } {
  const header = new Map<string, string>();
  const sections: (Section & { readonly entries: Entry[] })[] = [];
  const strange: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [, key, value = ''] = /^(like|variants|bases): (.*)$/.exec(line) ?? [];
    const section = sections.at(-1);
    const entries = section && readLine(section.part, line);
    const begun = readHeading(line);
    if (key !== undefined) header.set(key, value);
    else if (entries) section.entries.push(...entries);
    else if (begun) sections.push({ ...begun, entries: [] });
    else strange.push(index + 1);
  }
  const list = (key: string): readonly string[] => header.get(key)?.split(', ') ?? [];
  const like = header.get('like');
  const edition = { name, variants: list('variants'), bases: list('bases'), ...(like === undefined ? {} : { like }) };
  return { edition, sections, strange };
}

function readHeading(line: string): Omit<Section, 'entries'> | undefined {
  const isLost = line.startsWith('without ');
  const words = isLost ? line.slice('without '.length) : line;
  const part = PARTS.find((one) => words === one || words.startsWith(`${one} `));
  const scope = part && readScope(words.slice(part.length));
  return part && scope && { part, isLost, scope };
}
