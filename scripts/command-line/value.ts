import { UsageError } from '../diagnostic/index.ts';

/** What a shell offers for a value: these words, the names that there are of something, or files. */
export type Completion =
  | readonly string[]
  | {
      readonly names: 'flavour' | 'base' | 'hardware' | 'check' | 'scenario' | 'topology';
      /** A path may stand there, too. */
      readonly orFile?: true;
    }
  | 'files'
  | 'directories';

/** What an option or operand takes: how help calls it, how its text is read, what a shell offers for it. */
export interface Value<T> {
  /** Without brackets: `flavour`, `MiB`. */
  readonly name: string;
  /**
   * @param option as it is written: `--accel`, `<flavour>`
   * @throws UsageError saying what it must be
   */
  readonly read: (text: string, option: string) => T;
  readonly completion?: Completion;
}

/** Any text: a name that the verb looks up itself, a path, words. */
export function text(name: string, completion?: Completion): Value<string> {
  return { name, read: (given) => given, ...(completion && { completion }) };
}

/** One of some words. */
export function choice<const T extends string>(name: string, allowed: readonly T[]): Value<T> {
  return {
    name,
    completion: allowed,
    read: (given, option) => {
      const found = allowed.find((one) => one === given);
      if (found === undefined) throw unknownValue(option, given, allowed.join(', '));
      return found;
    },
  };
}

/** A number `of` something, from 1 to 9,999,999. */
export function count(name: string, of = ''): Value<number> {
  return {
    name,
    read: (given, option) => {
      if (/^[1-9]\d{0,6}$/.test(given)) return Number(given);
      throw unknownValue(option, given, `a whole number${of && ` of ${of}`} from 1 on`);
    },
  };
}

/** A port of TCP. */
export const port: Value<number> = {
  name: 'port',
  read: (given, option) => {
    if (/^[1-9]\d{0,4}$/.test(given) && Number(given) < 65_536) return Number(given);
    throw unknownValue(option, given, 'a port, such as 2222');
  },
};

/** Of a value that must be something else; `allowed` goes on from "must be". */
export function unknownValue(option: string, value: string, allowed: string): UsageError {
  return new UsageError({
    code: 'unknown-value',
    severity: 'error',
    message: `${option} ${value}: must be ${allowed}`,
  });
}

/** The words of a choice as help tells them: `auto, kvm or tcg`. */
export function inWords(allowed: readonly string[]): string {
  return [allowed.slice(0, -1).join(', '), ...allowed.slice(-1)].filter((part) => part !== '').join(' or ');
}
