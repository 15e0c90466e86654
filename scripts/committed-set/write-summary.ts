import { PARTS, type Part } from '../explain/index.ts';
import type { FreshEdition } from './edition.ts';
import type { FreshRecord } from './record.ts';
import { scopeInWords, scopesOf } from './scope.ts';
import { type Entry, writeLines } from './summary-lines.ts';
import type { Origins } from './texts.ts';

/** What the system is made of, and what is written into it: two files for an edition, so that each is short. */
export const SUMMARIES: readonly (readonly [folder: string, parts: readonly Part[]])[] = [
  ['system', ['packages', 'units', 'kernel arguments', 'users', 'commands']],
  ['files', ['files', 'directories', 'links', 'scripts']],
];

/** A difference, and the kickstarts that have it. */
interface Difference extends Entry {
  /** Of what the kickstart is compared with, and not in it. */
  readonly isLost: boolean;
  readonly in: Set<FreshRecord>;
}

/**
 * The summaries of an edition by folder: what its kickstarts say, or how they differ from those that they are compared with.
 * The first is always there, as it says what belongs to the edition; another is not where nothing differs in its parts.
 */
export function writeSummaries(
  edition: FreshEdition,
  compared: (record: FreshRecord) => FreshRecord | undefined,
  origins: Origins,
): readonly (readonly [folder: string, text: string])[] {
  const differences = new Map<string, Difference>();
  for (const record of edition.records) {
    for (const difference of differencesOf(record, compared(record), origins)) {
      const key = JSON.stringify([difference.part, difference.name, difference.value, difference.isLost]);
      const known = differences.get(key) ?? { ...difference, in: new Set() };
      known.in.add(record);
      differences.set(key, known);
    }
  }
  return SUMMARIES.flatMap(([folder, parts]) => {
    const sections = parts.flatMap((part) => {
      const own = [...differences.values()].filter((difference) => difference.part === part);
      return [false, true].flatMap((isLost) =>
        sectionsOf(
          part,
          isLost,
          own.filter((one) => one.isLost === isLost),
          edition,
        ),
      );
    });
    if (sections.length === 0 && folder !== SUMMARIES[0]?.[0]) return [];
    return [[folder, [...header(edition), ...sections, ''].join('\n')] as const];
  });
}

function header({ name, summary, like, variants, bases }: FreshEdition): readonly string[] {
  return [
    `# ${name}: ${summary}.`,
    ...(like === undefined ? [] : [`# What differs from ${like} on the same base.`]),
    '# Written by `phyllome render --all --update`.',
    ...(like === undefined ? [] : [`like: ${like}`]),
    ...(variants.length === 0 ? [] : [`variants: ${variants.join(', ')}`]),
    `bases: ${bases.join(', ')}`,
  ];
}

function* differencesOf(
  record: FreshRecord,
  compared: FreshRecord | undefined,
  origins: Origins,
): Generator<Omit<Difference, 'in'>> {
  const entry = (part: Part, name: string, value: string, owner: FreshRecord) => {
    if (part !== 'files') return { part, name, value, by: owner.bringers(part, name) };
    const { source, text } = origins(owner, name);
    return { part, name, value, by: source, ...(text === undefined ? {} : { text }) };
  };
  for (const part of PARTS) {
    for (const [name, value] of record.profile[part]) {
      if (compared?.profile[part].get(name) === value) continue;
      yield { ...entry(part, name, value, record), isLost: false };
    }
    if (compared === undefined) continue;
    for (const [name, value] of compared.profile[part]) {
      if (!record.profile[part].has(name)) yield { ...entry(part, name, value, compared), isLost: true };
    }
  }
}

/** For each scope, widest first: a heading, and lines of what it says. */
function sectionsOf(
  part: Part,
  isLost: boolean,
  differences: readonly Difference[],
  edition: FreshEdition,
): readonly string[] {
  const basesOf = (flavour: string) =>
    edition.records
      .filter(({ rendered }) => rendered.flavour.name === flavour)
      .map(({ rendered }) => rendered.flavour.base.name);
  const sections = new Map<string, { readonly width: number; readonly entries: Entry[] }>();
  for (const difference of differences) {
    const kickstarts = new Set(
      [...difference.in].map(({ rendered }) => `${rendered.flavour.name} ${rendered.flavour.base.name}`),
    );
    for (const scope of scopesOf(edition, basesOf, (flavour, base) => kickstarts.has(`${flavour} ${base}`))) {
      const heading = `${isLost ? 'without ' : ''}${part}${scopeInWords(scope)}`;
      const section = sections.get(heading) ?? { width: scope.variants ? 0 : kickstarts.size, entries: [] };
      section.entries.push(difference);
      sections.set(heading, section);
    }
  }
  return [...sections]
    .sort(([, a], [, b]) => b.width - a.width)
    .flatMap(([heading, { entries }]) => ['', heading, ...writeLines(part, entries)]);
}
