import type { Given, Parameter } from './declaration.ts';
import type { Value } from './value.ts';

/** An option that is there or not. */
export function flag(help: string): Parameter<boolean | undefined> {
  return { help, read: (given) => (given === true ? true : undefined) };
}

/** An option that says yes, or with `no-` before it no; absent it leaves the choice. */
export function onOrOff(help: string, offHelp: string): Parameter<boolean | undefined> {
  return { help, offHelp, read: (given) => (typeof given === 'boolean' ? given : undefined) };
}

/** An option with a value. `usually` is only told: what is used when it is absent is somewhere else's matter. */
export function option<T>(
  value: Value<T>,
  help: string,
  { usually }: { readonly usually?: string } = {},
): Parameter<T | undefined> {
  return { help, takes: value, ...(usually !== undefined && { usually }), read: (given, as) => one(value, given, as) };
}

/** An option that has a value also where it is not given. */
export function optionOr<T extends string>(value: Value<T>, help: string, otherwise: NoInfer<T>): Parameter<T> {
  return { help, takes: value, usually: otherwise, read: (given, as) => one(value, given, as) ?? otherwise };
}

/** An option with one value or several. */
export function options<T>(value: Value<T>, help: string): Parameter<readonly T[] | undefined> {
  return { help, takes: value, several: true, read: (given, as) => all(value, given, as) };
}

/** An option with one value, or several with commas between them; it may be given more than once. None is there twice. */
export function list<T>(value: Value<T>, help: string): Parameter<readonly T[] | undefined> {
  const read = (given: Given, as: string) => {
    if (given === undefined || typeof given === 'boolean') return undefined;
    const words = [given].flat().flatMap((text) => text.split(','));
    return [...new Set(words.map((word) => value.read(word.trim(), as)))];
  };
  return { help, takes: value, listed: true, read };
}

/** A word that must be there. */
export function operand<T>(value: Value<T>, help: string): Parameter<T> {
  const read = (given: Given, as: string): T => {
    const [found] = all(value, given, as) ?? [];
    if (found === undefined) throw new Error(`${as} was not asked for`);
    return found;
  };
  return { help, takes: value, operand: 'required', read };
}

/** A word that may be there. */
export function optionalOperand<T>(value: Value<T>, help: string): Parameter<T | undefined> {
  return { help, takes: value, operand: 'optional', read: (given, as) => one(value, given, as) };
}

/** All the words that are left. */
export function operands(value: Value<string>, help: string): Parameter<readonly string[]> {
  return {
    help,
    takes: value,
    operand: 'optional',
    several: true,
    read: (given, as) => all(value, given, as) ?? [],
  };
}

function one<T>(value: Value<T>, given: Given, as: string): T | undefined {
  return all(value, given, as)?.[0];
}

function all<T>(value: Value<T>, given: Given, as: string): readonly T[] | undefined {
  if (given === undefined || typeof given === 'boolean') return undefined;
  return [given].flat().map((text) => value.read(text, as));
}
