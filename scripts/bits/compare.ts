import { Interrupted } from '../diagnostic/index.ts';
import { classify, rangesInWords } from './classify.ts';
import { formats } from './formats.ts';
import type { Entry, Field, Format, Kind, Layer, Means } from './layer.ts';
import { differingRanges, isSame, partOf, type Range, type Source } from './source.ts';

/** One thing that differs between two files that should be the same. */
export interface Difference {
  /** The way to it from the outside in: `GPT`, `partition 3 (phyllome)`, `ext4`, `/etc/fstab`. */
  readonly where: readonly string[];
  readonly kind: Kind;
  /** What of it, and what stands there first and then. */
  readonly what: string;
  /** It is in what a file holds, and not in what is said of it. */
  readonly isContent?: boolean;
}

/** Nobody reads on; what is deeper is told as bytes. */
const MOST_LAYERS = 12;

/**
 * Where two files differ, layer by layer, down to the file, the field or the bytes. Empty where they are the same.
 * @param where the way to them
 */
export async function compareSources(
  a: Source,
  b: Source,
  where: readonly string[],
  means: Means,
): Promise<readonly Difference[]> {
  if (isSame(a, b)) return [];
  const format =
    where.length > 2 * MOST_LAYERS ? undefined : formats.find((one) => one.recognises(a) && one.recognises(b));
  const opened = format && (await openBoth(format, a, b, means));
  if (format === undefined || opened === undefined) return [{ where, ...classify(a, b), isContent: true }];
  const inside = [...where, format.name];
  const entries = await compareEntries(opened, inside, means);
  const fields = opened[0].fields.flatMap((field) => fieldDifference(field, a, b, inside));
  const found = [...entries, ...fields];
  // Where other files or identifiers are, places and checksums are others, too.
  const telling = found.filter(({ kind }) => kind !== 'place' && kind !== 'checksum');
  if (telling.length > 0) return telling;
  return found.length > 0 ? found : [restOf(a, b, opened, inside)];
}

type Opened = readonly [Layer, Layer];

/** Undefined where one of them is damaged: then bytes are all that can be told. */
async function openBoth(format: Format, a: Source, b: Source, means: Means): Promise<Opened | undefined> {
  try {
    return [await format.open(a, means), await format.open(b, means)];
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return undefined;
  }
}

async function compareEntries([a, b]: Opened, where: readonly string[], means: Means): Promise<readonly Difference[]> {
  const [old, now] = [byName(a.entries), byName(b.entries)];
  const found: Difference[] = [];
  for (const [name, was] of old) {
    const is = now.get(name);
    if (is === undefined) {
      found.push({ where: [...where, name], kind: 'presence', what: 'is in the first only' });
      continue;
    }
    found.push(...attributeDifferences(was, is, [...where, name]));
    if (was.content === undefined || is.content === undefined) continue;
    found.push(...(await compareSources(was.content, is.content, [...where, name], means)));
  }
  for (const name of now.keys()) {
    if (!old.has(name)) found.push({ where: [...where, name], kind: 'presence', what: 'is in the second only' });
  }
  const order = firstOutOfOrder([...old.keys()], [...now.keys()]);
  if (order !== undefined) found.push({ where, kind: 'order', what: `its entries, from ${order} on` });
  return found;
}

/** The same name may be there more than once. */
function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    let name = entry.name;
    for (let number = 2; found.has(name); number++) name = `${entry.name} (${number})`;
    found.set(name, entry);
  }
  return found;
}

function attributeDifferences(was: Entry, is: Entry, where: readonly string[]): readonly Difference[] {
  return [...was.attributes].flatMap(([name, { kind, value }]) => {
    const then = is.attributes.get(name)?.value ?? '';
    return value === then ? [] : [{ where, kind, what: `${name}: ${value || 'none'}, then ${then || 'none'}` }];
  });
}

function firstOutOfOrder(old: readonly string[], now: readonly string[]): string | undefined {
  const both = new Set(now);
  const common = old.filter((name) => both.has(name));
  const inOld = new Set(old);
  const others = now.filter((name) => inOld.has(name));
  return common.find((name, index) => name !== others[index]);
}

function fieldDifference(field: Field, a: Source, b: Source, where: readonly string[]): readonly Difference[] {
  const { name, kind, at, length, show = (bytes) => bytes.toString('hex') } = field;
  const [was, is] = [a.read(at, length), b.read(at, length)];
  if (was.equals(is)) return [];
  const what =
    length <= 128
      ? `${show(was)}, then ${show(is)}`
      : rangesInWords(a, b, shifted(differingRanges(partOf(a, at, length), partOf(b, at, length)), at));
  return [{ where, kind, what: `${name}: ${what}` }];
}

const shifted = (ranges: readonly Range[], by: number): readonly Range[] =>
  ranges.map(({ at, length }) => ({ at: at + by, length }));

/** Nothing that is known of the layer differs: what is left is its own structure, or what lies between its entries. */
function restOf(a: Source, b: Source, [layer]: Opened, where: readonly string[]): Difference {
  const ranges = differingRanges(a, b);
  const first = ranges[0]?.at ?? 0;
  const owner = layer.entries.find(({ extents }) =>
    extents?.some(({ at, length }) => at !== undefined && at <= first && first < at + length),
  );
  const words = rangesInWords(a, b, ranges);
  const judged = classify(a, b);
  const kind = judged.kind === 'time stamp' ? judged.kind : 'place';
  return {
    where: owner === undefined ? where : [...where, owner.name],
    kind: owner === undefined ? kind : 'content',
    what:
      owner === undefined
        ? `its own structure: ${judged.kind === 'time stamp' ? judged.what : words}`
        : `behind its end: ${words}`,
  };
}
