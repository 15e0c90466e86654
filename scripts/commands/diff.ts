import { type Comparison, compare, inWords, isSame, profileOf } from '../explain/index.ts';
import type { Asked } from '../flavour/index.ts';
import { kickstartsOf } from './compared-side.ts';
import type { Context } from './context.ts';

/** Prints what differs between two flavours, two revisions of one, two kickstarts, or two directories of them. */
export async function diff(
  before: string,
  after: string,
  options: Asked & { readonly json?: boolean },
  context: Context,
): Promise<void> {
  const old = await kickstartsOf(before, { base: options.base }, context);
  const now = await kickstartsOf(after, options, context);
  const pairs = old.size === 1 && now.size === 1 ? [pairOf(old, now)] : pairsByName(old, now);
  const results = pairs.map(({ name, texts }) => ({ name, ...comparisonOf(texts) }));
  if (options.json === true) {
    context.print(JSON.stringify(results, null, 2));
    return;
  }
  const told = results.filter(({ only, changes }) => only !== undefined || !isSame(changes));
  if (told.length === 0) context.print(`nothing differs between ${before} and ${after}`);
  for (const { name, only, changes } of told) {
    if (pairs.length > 1) context.print(`── ${name}`);
    context.print(only === undefined ? inWords(changes).trimEnd() : `only in ${only === 'before' ? before : after}`);
  }
}

interface Pair {
  readonly name: string;
  readonly texts: readonly [string | undefined, string | undefined];
}

function pairOf(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Pair {
  return { name: [...now.keys()].join(), texts: [[...old.values()][0], [...now.values()][0]] };
}

function pairsByName(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly Pair[] {
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.map((name) => ({ name, texts: [old.get(name), now.get(name)] }));
}

function comparisonOf([old, now]: Pair['texts']): { readonly only?: 'before' | 'after'; readonly changes: Comparison } {
  if (old === undefined) return { only: 'after', changes: {} };
  if (now === undefined) return { only: 'before', changes: {} };
  return { changes: old === now ? {} : compare(profileOf(old), profileOf(now)) };
}
