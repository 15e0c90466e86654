import type { OptionGrammar } from '../grammar/grammar.ts';
import type { OptionSet } from '../grammar/lookup.ts';
import type { Word } from '../syntax/words.ts';

/** What one word of an argument list is before values are handed out. */
export type WordClass =
  | { readonly type: 'positional' }
  | { readonly type: 'separator' }
  | { readonly type: 'option'; readonly option: OptionGrammar; readonly value?: string }
  | { readonly type: 'unknown-option' }
  | { readonly type: 'ambiguous'; readonly candidates: readonly string[] };

const POSITIONAL: WordClass = { type: 'positional' };
/** Words that are values although they begin like an option. */
export const NEGATIVE_NUMBER = /^-(\d+|\d*\.\d+)$/;

/** Classifies each word. Behind `--` everything is positional. */
export function classifyWords(words: readonly Word[], set: OptionSet): WordClass[] {
  let isBehindSeparator = false;
  return words.map((word) => {
    if (isBehindSeparator) return POSITIONAL;
    if (word.value === '--') {
      isBehindSeparator = true;
      return { type: 'separator' };
    }
    return classify(word.value, set);
  });
}

function classify(text: string, set: OptionSet): WordClass {
  if (!text.startsWith('-') || text === '-') return POSITIONAL;
  const exact = set.byName.get(text);
  if (exact !== undefined) return { type: 'option', option: exact };
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const value = equals < 0 ? {} : { value: text.slice(equals + 1) };
  const named = equals < 0 ? undefined : set.byName.get(name);
  if (named !== undefined) return { type: 'option', option: named, ...value };
  const candidates = name.startsWith('--') ? [...set.byName.keys()].filter((known) => known.startsWith(name)) : [];
  if (candidates.length > 1) return { type: 'ambiguous', candidates };
  const only = set.byName.get(candidates[0] ?? '');
  if (only !== undefined) return { type: 'option', option: only, ...value };
  // A value may look like an option only if it is a negative number or has a space in it.
  return NEGATIVE_NUMBER.test(text) || text.includes(' ') ? POSITIONAL : { type: 'unknown-option' };
}
