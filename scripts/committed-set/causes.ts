import type { Span } from '../diagnostic/index.ts';
import { type Change, changeInWords, compare, PARTS, type Part, partsIn } from '../explain/index.ts';
import type { CommittedRecord } from './read-set.ts';
import { type FreshRecord, TEMPLATES } from './record.ts';

/** One thing that differs in some kickstarts. */
export interface Found {
  readonly part: Part;
  readonly change: Change;
  /** A component, `flavour NAME` or `templates`; empty for what is gone and does not say. */
  readonly by: string;
  /** The line that brings what is new or different. */
  readonly at?: Span;
  readonly files: Set<string>;
}

/** What one component, flavour or template makes differ, in the same flavours. */
export interface Cause {
  readonly by: string;
  readonly found: readonly Found[];
  readonly files: ReadonlySet<string>;
}

/** Kickstarts whose parts are the same, by what differs nevertheless. */
export interface Moved {
  readonly order: ReadonlyMap<Part, ReadonlySet<string>>;
  readonly remarks: ReadonlySet<string>;
  /** What no part tells. */
  readonly untold: ReadonlySet<string>;
}

export type Pair = readonly [before: CommittedRecord, now: FreshRecord];

/**
 * What differs in these kickstarts, each of which differs, by cause: the one that most kickstarts have first.
 * @param texts committed texts by their checksums
 */
export function causesOf(
  pairs: readonly Pair[],
  texts: ReadonlyMap<string, string>,
): { readonly causes: readonly Cause[]; readonly moved: Moved } {
  const found = new Map<string, Found>();
  const order = new Map<Part, Set<string>>();
  const remarks = new Set<string>();
  const untold = new Set<string>();
  for (const [before, now] of pairs) {
    if (before.essence === now.essence) {
      remarks.add(now.file);
      continue;
    }
    const comparison = compare(before.profile ?? now.profile, now.profile);
    for (const [part, changes] of partsIn(comparison)) {
      for (const change of changes.map((bare) => withTexts(bare, texts, now.texts))) {
        const one = { part, change, ...whoBrings(before, now, part, change), files: new Set<string>() };
        // A template's text is another one in each flavour: what is said of the change is the same.
        const key = JSON.stringify([part, changeInWords(part, change), one.by]);
        found
          .set(key, found.get(key) ?? one)
          .get(key)
          ?.files.add(now.file);
      }
    }
    const moved = PARTS.filter(
      (part) => comparison[part] === undefined && before.order.get(part) !== now.order.get(part),
    );
    for (const part of moved) order.set(part, (order.get(part) ?? new Set()).add(now.file));
    if (moved.length === 0 && partsIn(comparison).length === 0) untold.add(now.file);
  }
  const causes = together([...found.values()], new Set(pairs.map(([, { file }]) => file)));
  return { causes, moved: { order, remarks, untold } };
}

function whoBrings(
  before: CommittedRecord,
  now: FreshRecord,
  part: Part,
  { name, after }: Change,
): Pick<Found, 'by' | 'at'> {
  if (after === undefined) return { by: ownerOf(part, name, before.bringers.get(`${part} ${name}`) ?? '') };
  const said = now.sayers(part, name);
  return said === undefined ? { by: TEMPLATES } : { by: said.by, at: said.at };
}

/** What is gone says itself whose it was: a file's source lies in its component's folder. Empty where it does not. */
function ownerOf(part: Part, name: string, bringer: string): string {
  if (part === 'scripts') return /\bcomponent (\S+)/.exec(name)?.[1] ?? TEMPLATES;
  return /^overlays\/([^/]+)\//.exec(bringer)?.[1] ?? bringer;
}

/** Findings with the same cause: from the same component, in the same flavours as far as those are for the same bases. */
function together(found: readonly Found[], differing: ReadonlySet<string>): readonly Cause[] {
  const causes: { readonly by: string; readonly found: Found[]; readonly files: Set<string> }[] = [];
  // What is gone and does not say whose it was goes with what else changed there.
  for (const one of [...found.filter(({ by }) => by !== ''), ...found.filter(({ by }) => by === '')]) {
    const known = causes.find(
      (cause) => (one.by === '' || cause.by === one.by) && cause.found.every((other) => isAlike(one, other, differing)),
    );
    const cause = known ?? { by: one.by, found: [], files: new Set<string>() };
    if (known === undefined) causes.push(cause);
    cause.found.push(one);
    for (const file of one.files) cause.files.add(file);
  }
  return causes.sort((a, b) => b.files.size - a.files.size);
}

/** A change with texts in the place of checksums where both are at hand, so that their lines can be counted. */
function withTexts(change: Change, old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Change {
  const { name, before, after } = change;
  const sums = [before, after].map((value) => /sha256:[0-9a-f]+$/.exec(value ?? '')?.[0] ?? '');
  const [oldText, nowText] = [old.get(sums[0] ?? ''), now.get(sums[1] ?? '')];
  if (before === undefined || after === undefined || oldText === undefined || nowText === undefined) return change;
  const put = (value: string, sum: string | undefined, text: string) => value.slice(0, -(sum?.length ?? 0)) + text;
  return { name, before: put(before, sums[0], oldText), after: put(after, sums[1], nowText) };
}

/** Whether two findings touch the same flavours: a package has a name of its own on each base. */
function isAlike(one: Found, other: Found, differing: ReadonlySet<string>): boolean {
  const flavourOf = (file: string) => file.split('.', 1)[0] ?? '';
  const baseOf = (file: string) => file.slice(flavourOf(file).length);
  const flavoursOn = (files: ReadonlySet<string>, bases: ReadonlySet<string>) =>
    new Set([...files].filter((file) => bases.has(baseOf(file))).map(flavourOf));
  const bases = ({ files }: Found) => new Set([...files].map(baseOf));
  const [mine, its] = [bases(one), bases(other)];
  // Only flavours that are for the bases of both can tell.
  const both = (flavour: string) => flavoursOn(differing, mine).has(flavour) && flavoursOn(differing, its).has(flavour);
  const of = ({ files }: Found) => [...new Set([...files].map(flavourOf))].filter(both).sort().join();
  return of(one) === of(other);
}
