import type { Declaration, Parameter, Parameters } from '../declaration.ts';
import { optionName } from '../spelling.ts';

/** What may stand where the last word of an unfinished command line is. */
export type Place =
  /** A verb, or the second word of one that begins with `first`. */
  | { readonly at: 'verb'; readonly first?: string }
  | { readonly at: 'option'; readonly of: Parameters; readonly given: readonly string[] }
  /** A value; `before` is what is written before it in the same word: `--base=`. */
  | { readonly at: 'value'; readonly of: Parameter<unknown>; readonly before: string }
  | { readonly at: 'nothing' };

export interface Unfinished {
  /** What was typed after the program's name; the last word is the one to complete, and may be empty. */
  readonly words: readonly string[];
  readonly declarations: readonly Declaration[];
  /** Options that every verb has. */
  readonly everywhere: Parameters;
}

/** Reads an unfinished command line up to its last word. */
export function placeOf({ words, declarations, everywhere }: Unfinished): Place {
  const verb: string[] = [];
  const given: string[] = [];
  let declaration: Declaration | undefined;
  let awaited: Parameter<unknown> | undefined;
  let operands = 0;
  const options = () => Object.entries({ ...everywhere, ...declaration?.flags }).filter(([, one]) => !one.operand);
  const optionOf = (name: string) => options().find(([key]) => optionName(key) === name)?.[1];

  for (const word of words.slice(0, -1)) {
    // Bash makes three words of `--base=fedora-44`.
    if (word === '=') continue;
    if (awaited && !word.startsWith('-')) {
      if (!awaited.several) awaited = undefined;
      continue;
    }
    awaited = undefined;
    const [name = '', value] = word.split('=', 2);
    if (word.startsWith('-')) {
      given.push(name);
      const option = optionOf(name);
      if (option?.takes && value === undefined) awaited = option;
    } else if (declaration) {
      operands += 1;
    } else {
      verb.push(word);
      declaration = declarations.find((one) => one.name === verb.join(' '));
    }
  }

  const last = words.at(-1) ?? '';
  const [, before = '', option = ''] = /^((--[a-z-]+)=)/.exec(last) ?? [];
  const joined = optionOf(option);
  if (joined?.takes) return { at: 'value', of: joined, before };
  if (last.startsWith('-')) return { at: 'option', of: Object.fromEntries(options()), given };
  if (awaited) return { at: 'value', of: awaited, before: '' };
  if (!declaration) return verb[0] === undefined ? { at: 'verb' } : { at: 'verb', first: verb[0] };
  const operand = Object.values(declaration.flags).filter((one) => one.operand)[operands];
  return operand ? { at: 'value', of: operand, before: '' } : { at: 'nothing' };
}
