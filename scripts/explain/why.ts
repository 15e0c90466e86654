import type { ResolvedFlavour } from '../flavour/index.ts';
import type { RenderedSet } from '../render/index.ts';
import { chainOf } from './chain.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/** More than these are too many to read: the query wants to be longer. */
export const MOST_SHOWN = 12;

export interface Explanation {
  readonly found: readonly Subject[];
  /** The query is a whole name, or the number of a line. */
  readonly isExact: boolean;
  /** Names that the query may be a slip or a part of, where nothing was found. */
  readonly known: readonly string[];
  readonly leftOut: number;
}

/**
 * What a query means in a flavour: a name of any kind, else a part of one, else a line of the kickstart by its text.
 * `:12` is line 12 of the kickstart.
 */
export function why(flavour: ResolvedFlavour, { kickstart, map }: RenderedSet, query: string): Explanation {
  const subjects = subjectsOf(flavour);
  const texts = kickstart.split('\n');
  const lineSubject = (index: number): Subject => {
    const [source = 0, line = 1] = map.lines[index] ?? [];
    const file = map.sources[source] ?? '';
    const place = { offset: 0, line, column: 1 };
    const bringer = flavour.files.find((one) => one.source === file)?.by;
    const owner = bringer ?? flavour.components.find(({ name }) => file.includes(`overlays/${name}/`))?.name;
    const text = texts[index]?.trim() || '(an empty line)';
    const steps = [{ text: 'rendered from here', at: { file, start: place, end: place } }];
    const chain = owner === undefined ? [] : chainOf(flavour, owner);
    return { kind: 'kickstart line', name: `${index + 1}: ${text}`, aliases: [], steps: [...steps, ...chain] };
  };
  const byNumber = /^:(\d+)$/.exec(query)?.[1];
  if (byNumber !== undefined) {
    const index = Number(byNumber) - 1;
    const found = index >= 0 && index < map.lines.length ? [lineSubject(index)] : [];
    return { found, isExact: true, known: [], leftOut: 0 };
  }
  const same = (name: string) => name.toLowerCase() === query.toLowerCase();
  const inside = (name: string) => query.length > 2 && name.toLowerCase().includes(query.toLowerCase());
  const exact = firstFull(
    () => subjects.filter(({ name }) => same(name)),
    () => subjects.filter(({ aliases }) => aliases.some(same)),
  );
  const found = firstFull(
    () => exact,
    () => subjects.filter(({ name, aliases }) => [name, ...aliases].some(inside)),
    () => texts.flatMap((text, index) => (inside(text) && index < map.lines.length ? [lineSubject(index)] : [])),
  );
  return {
    found: found.slice(0, MOST_SHOWN),
    isExact: exact.length > 0,
    known: found.length > 0 ? [] : [...new Set(subjects.flatMap(({ name, aliases }) => [name, ...aliases]))],
    leftOut: Math.max(0, found.length - MOST_SHOWN),
  };
}

function firstFull(...searches: readonly (() => readonly Subject[])[]): readonly Subject[] {
  for (const search of searches) {
    const found = search();
    if (found.length > 0) return found;
  }
  return [];
}
