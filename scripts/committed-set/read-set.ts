import { PARTS, type Part, type Profile, profileFrom } from '../explain/index.ts';
import { comparedWith, liveFile } from './edition.ts';
import { INDEX, readIndex } from './index-file.ts';
import { readSummary, type Section, type Summary } from './read-summary.ts';
import { type KickstartRecord, textKnownBy } from './record.ts';
import { isIn } from './scope.ts';
import { TEXTS } from './texts.ts';
import { readWhole, WHOLE } from './whole.ts';
import { SUMMARIES } from './write-summary.ts';

/** A committed set, read back. */
export interface CommittedSet {
  /** By file. Without a summary that says it, a kickstart's profile is undefined. */
  readonly records: ReadonlyMap<string, CommittedRecord>;
  /** Texts by their checksums, as far as they are committed. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files and lines that are no part of such a set. */
  readonly strange: readonly { readonly file: string; readonly line: number }[];
}

export interface CommittedRecord extends Omit<KickstartRecord, 'profile'> {
  readonly profile: Profile | undefined;
  /** Who brought an entry, or for a file where its text lies. */
  readonly bringers: ReadonlyMap<string, string>;
}

interface Told {
  readonly profile: Profile;
  readonly bringers: ReadonlyMap<string, string>;
}

/** @param files the files of the set's folder by their names below it */
export function readSet(files: ReadonlyMap<string, string>): CommittedSet {
  const rows = readIndex(files.get(INDEX) ?? '');
  const texts = new Map<string, string>();
  const told = new Map<string, Told>();
  const summaries: (Summary & { readonly folder: string })[] = [];
  const strange: { file: string; line: number }[] = [];
  for (const [file, text] of files) {
    const [, folder = '', name = ''] = /^(\w+)\/(.*)$/.exec(file) ?? [];
    if (folder === TEXTS) texts.set(textKnownBy(text), text);
    if (folder === WHOLE) {
      const whole = readWhole(text);
      for (const [sum, script] of whole.texts) texts.set(sum, script);
      told.set(name, { profile: whole.profile, bringers: new Map() });
    }
    if (SUMMARIES.some(([one]) => one === folder)) {
      const summary = readSummary(name.replace(/\.txt$/, ''), text);
      summaries.push({ ...summary, folder });
      strange.push(...summary.strange.map((line) => ({ file, line })));
    }
  }
  for (const [file, one] of fromSummaries(summaries, rows)) told.set(file, one);
  const records = [...rows].map(([file, row]) => {
    const { profile, bringers = new Map<string, string>() } = told.get(file) ?? {};
    return [file, { ...row, profile, bringers }] as const;
  });
  return { records: new Map(records), texts, strange };
}

/** What summaries say of each kickstart, differences from others put together with what those say. */
function fromSummaries(
  summaries: readonly (Summary & { readonly folder: string })[],
  rows: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Told> {
  const kickstarts = new Map(
    // The first of an edition's summaries says what belongs to it: without that one nothing is known.
    summaries
      .filter(({ folder }) => folder === SUMMARIES[0]?.[0])
      .flatMap(({ edition }) =>
        [edition.name, ...edition.variants].flatMap((flavour) =>
          edition.bases.map((base) => [liveFile(flavour, base), { edition, flavour, base }] as const),
        ),
      ),
  );
  const told = new Map<string, Told>();
  const tell = (file: string): Told | undefined => {
    const kickstart = kickstarts.get(file);
    if (kickstart === undefined || !rows.has(file)) return undefined;
    const { edition, flavour, base } = kickstart;
    const compared = comparedWith(edition, flavour, base).find((one) => rows.has(one));
    const sections = summaries
      .filter((summary) => summary.edition.name === edition.name)
      .flatMap((summary) => summary.sections)
      .filter(({ scope }) => isIn(scope, edition, flavour, base));
    const own = told.get(file) ?? changed(compared === undefined ? undefined : tell(compared), sections);
    told.set(file, own);
    return own;
  };
  for (const file of kickstarts.keys()) tell(file);
  return told;
}

function changed(from: Told | undefined, sections: readonly Section[]): Told {
  const parts = PARTS.map((part) => [part, new Map(from?.profile[part])] as const);
  const byPart = new Map<Part, Map<string, string>>(parts);
  const bringers = new Map(from?.bringers);
  for (const { part, isLost, entries } of sections) {
    for (const { name, value, by } of entries) {
      if (isLost) byPart.get(part)?.delete(name);
      else byPart.get(part)?.set(name, value);
      bringers.set(`${part} ${name}`, by);
    }
  }
  return { profile: profileFrom((part) => byPart.get(part) ?? new Map()), bringers };
}
