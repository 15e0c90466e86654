import type { OptionKind } from '../grammar/grammar.ts';
import { strip } from '../source/whitespace.ts';

/** A value of an option in the model. */
export type OptionValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly (readonly [device: string, config: string])[];

/** What one kind of option makes of its word: a value, or a message saying what is wrong with it. */
type Converter = (word: string, choices: readonly string[]) => { value: OptionValue } | { problem: string };

const asIs: Converter = (word) => ({ value: word });

const CONVERTERS: Partial<Readonly<Record<OptionKind, Converter>>> = {
  int: (word) => {
    const text = strip(word);
    return /^[+-]?\d+(_\d+)*$/.test(text)
      ? { value: Number(text.replaceAll('_', '')) }
      : { problem: `"${word}" is not a whole number` };
  },
  bool: (word) => {
    const lower = word.toLowerCase();
    if (['on', 'yes', 'true', '1'].includes(lower)) return { value: true };
    if (['off', 'no', 'false', '0'].includes(lower)) return { value: false };
    return { problem: `"${word}" is neither yes nor no (on, true, 1; off, false, 0)` };
  },
  list: (word) => ({ value: commaList(word) }),
  'list+': (word) => ({ value: commaList(word) }),
  'ports+': (word) => ({
    value: word
      .split(',')
      .map(strip)
      .map((port) => (port.includes(':') ? port : `${port}:tcp`)),
  }),
  path: (word) => ({ value: word.startsWith('/') ? normalizePath(word) : word }),
  device: (word) => ({ value: word.startsWith('/dev/') ? word.slice('/dev/'.length) : word }),
  choice: (word, choices) => (choices.includes(word) ? { value: word } : { problem: notOneOf(word, choices) }),
  word: (word, choices) => {
    const match = choices.find((choice) => choice.toLowerCase() === word.toLowerCase());
    return match === undefined ? { problem: notOneOf(word, choices) } : { value: match };
  },
  teamslaves: teamSlaves,
};

/** Turns the word given to an option into its value. */
export function convert(kind: OptionKind, word: string, choices: readonly string[] = []): ReturnType<Converter> {
  return (CONVERTERS[kind] ?? asIs)(word, choices);
}

function notOneOf(word: string, choices: readonly string[]): string {
  return `"${word}" is not one of ${choices.join(', ')}`;
}

function commaList(word: string): string[] {
  return word
    .split(',')
    .map(strip)
    .filter((item) => item !== '');
}

/** Removes doubled slashes, `.` and `..` from an absolute path, as POSIX has it: two leading slashes stay. */
function normalizePath(path: string): string {
  const lead = path.startsWith('//') && !path.startsWith('///') ? '//' : '/';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return lead + parts.join('/');
}

/** Splits `eth0'{"prio": 1}',eth1` into pairs of device and team port configuration. */
function teamSlaves(word: string): ReturnType<Converter> {
  const pairs: [string, string][] = [];
  let rest = word;
  while (rest !== '') {
    const match = /^([^',]*)(?:'((?:[^'\\]|\\.)*)')?(,|$)/.exec(rest);
    if (match === null) return { problem: `"${word}" is not a list like eth0'{"prio": 1}',eth1` };
    pairs.push([strip(match[1] ?? ''), match[2] ?? '']);
    rest = rest.slice(match[0].length);
  }
  return { value: pairs };
}
