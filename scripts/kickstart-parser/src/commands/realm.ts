import { SourceText } from '../source/source-text.ts';
import { strip } from '../source/whitespace.ts';
import { lexLine } from '../syntax/words.ts';
import type { CommandInput } from './behaviour.ts';
import { rawArguments } from './raw-arguments.ts';

/** Only a few options of the realm tool are allowed. */
const FLAG = '--no-password';
const OPTIONS = [
  FLAG,
  '--one-time-password',
  '--computer-ou',
  '--client-software',
  '--server-software',
  '--membership-software',
];

/**
 * Checks a `realm` line, which is passed on to the realm tool. It has no comments: `#` and what follows it are words
 * like any other.
 */
export function readRealm(input: CommandInput): void {
  if (input.before?.realm) input.reject('realm join can be there only once');
  const text = strip(rawArguments(input.line));
  const { words: lexed, error } = lexLine(new SourceText(text, ''), 0, text.length, { hasComments: false });
  if (error !== undefined) {
    input.reject('This quote or backslash is never closed');
    return;
  }
  const [action, ...words] = lexed.map(({ value }) => value);
  if (action !== 'join') {
    input.reject('realm knows only "join"', input.line.args[0]);
    return;
  }
  const realms = behindOptions(words, (message) => input.reject(message));
  if (realms.length !== 1) input.reject('realm join needs one realm, behind the options');
  input.values.words = words;
  input.values.realm = realms[0] ?? '';
}

/** Skips the options as getopt does: unique prefixes will do, and a value may stand apart. */
function behindOptions(words: readonly string[], reject: (message: string) => void): readonly string[] {
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') return words.slice(at + 1);
    if (!word.startsWith('-') || word === '-') break;
    const [start = '', value] = word.split(/=(.*)/s);
    const candidates = start.startsWith('--') ? OPTIONS.filter((option) => option.startsWith(start)) : [];
    const option = OPTIONS.includes(start) ? start : candidates[0];
    if (option === undefined) reject(`realm join has no option ${start}`);
    else if (option !== start && candidates.length > 1) reject(`"${start}" could be ${candidates.join(' or ')}`);
    else if (option === FLAG && value !== undefined) reject(`${FLAG} takes no value`);
    else if (option !== FLAG && value === undefined) {
      at++;
      if (at >= words.length) reject(`${option} needs a value`);
    }
  }
  return words.slice(at);
}
