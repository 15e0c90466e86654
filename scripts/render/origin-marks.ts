import type { Origin } from './rendered-set.ts';

/**
 * While templates run, each line carries marks that say where it comes from. They are cut out at the end and become
 * the source map. A mark is START file:line END; neither sign can occur in a text that a kickstart carries.
 */
const START = '\u0001';
const END = '\u0002';
const MARK = new RegExp(`${START}([^${END}]*):(\\d+)${END}`, 'g');

export interface Place {
  readonly file: string;
  readonly line: number;
}

export function mark(place: Place): string {
  return `${START}${place.file}:${place.line}${END}`;
}

export interface MarkedText {
  readonly text: string;
  readonly sources: readonly string[];
  readonly lines: readonly Origin[];
}

/** Cuts the marks out. A line's origin is its first mark that a value set, else the template line it was made by. */
export function cutMarks(marked: string, templates: ReadonlySet<string>): MarkedText {
  const sources = new Map<string, number>();
  const indexOf = (file: string): number => {
    const known = sources.get(file) ?? sources.size;
    sources.set(file, known);
    return known;
  };
  let last: Place = { file: [...templates][0] ?? '', line: 1 };
  const lines: Origin[] = [];
  const text = marked
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const places = [...line.matchAll(MARK)].map(([, file = '', number = '1']) => ({ file, line: Number(number) }));
      last = places.find(({ file }) => !templates.has(file)) ?? places[0] ?? last;
      lines.push([indexOf(last.file), last.line]);
      return line.replaceAll(MARK, '');
    })
    .join('\n');
  return { text: `${text}\n`, sources: [...sources.keys()], lines };
}
