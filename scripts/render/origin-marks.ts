import type { Origin } from './rendered-set.ts';

/**
 * While templates run, each line carries marks that say where it comes from. They are cut out at the end and become
 * the source map. A mark is START file:line END; no sign of it can occur in a text that a kickstart carries.
 */
const START = '\u0001';
const END = '\u0002';
const COUNTS_ON = '\u0003';

export interface Place {
  readonly file: string;
  readonly line: number;
}

export function mark(place: Place): string {
  return `${START}${place.file}:${place.line}${END}`;
}

/** Marks the first line of a text whose lines follow each other in the file: those without a mark of their own count on. */
export function markFollowing({ file, line }: Place): string {
  return `${START}${COUNTS_ON}${file}:${line}${END}`;
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
  let origin: Origin | undefined;
  let countsOn = false;
  const lines: Origin[] = [];
  const text = marked
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      if (origin && !line.includes(START)) {
        if (countsOn) origin = [origin[0], origin[1] + 1];
        lines.push(origin);
        return line;
      }
      const { plain, places } = withoutMarks(line);
      const place = places.find(({ file }) => !templates.has(file)) ?? places[0];
      if (place || !origin) origin = [indexOf(place?.file ?? [...templates][0] ?? ''), place?.line ?? 1];
      countsOn = place?.countsOn === true;
      lines.push(origin);
      return plain;
    })
    .join('\n');
  return { text: `${text}\n`, sources: [...sources.keys()], lines };
}

interface MarkedPlace extends Place {
  readonly countsOn: boolean;
}

/** A kickstart has thousands of lines: a scan by hand is several times faster than expressions. */
function withoutMarks(line: string): { readonly plain: string; readonly places: readonly MarkedPlace[] } {
  const places: MarkedPlace[] = [];
  let plain = '';
  let rest = 0;
  for (let start = line.indexOf(START); start !== -1; start = line.indexOf(START, rest)) {
    const end = line.indexOf(END, start);
    if (end < 0) throw new Error('a mark of an origin goes over the end of its line');
    const colon = line.lastIndexOf(':', end);
    const countsOn = line.startsWith(COUNTS_ON, start + 1);
    const file = line.slice(start + (countsOn ? 2 : 1), colon);
    places.push({ file, line: Number(line.slice(colon + 1, end)), countsOn });
    plain += line.slice(rest, start);
    rest = end + 1;
  }
  return { plain: rest === 0 ? line : plain + line.slice(rest), places };
}
