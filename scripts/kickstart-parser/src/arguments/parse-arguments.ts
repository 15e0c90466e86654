import type { OptionGrammar, PositionalGrammar } from '../grammar/grammar.ts';
import type { OptionSet } from '../grammar/lookup.ts';
import type { Word } from '../syntax/words.ts';
import type { ArgumentError } from './argument-error.ts';
import { classifyWords, type WordClass } from './classify.ts';
import { convert, type OptionValue } from './convert.ts';

export type { OptionValue };

/** One use of an option on a line. */
export interface OptionUse {
  readonly option: OptionGrammar;
  /** The word that names the option (and holds the value after `=`). */
  readonly word: Word;
  /** The word with the value, if it stands apart. */
  readonly valueWord?: Word;
}

export interface ParsedArguments {
  /** Values by field; options without a default that were not given are absent. */
  readonly values: Record<string, OptionValue>;
  readonly uses: readonly OptionUse[];
  /** Words of each positional. */
  readonly positionals: Readonly<Record<string, readonly Word[]>>;
  /** The same, converted. */
  readonly positionalValues: Readonly<Record<string, readonly OptionValue[]>>;
  /** Words nothing claimed. */
  readonly leftovers: readonly Word[];
  readonly errors: readonly ArgumentError[];
}

/**
 * Hands the words of a line out to options and positionals. The rules are those of Python's argparse, which all readers
 * of kickstarts share: unique prefixes, the last use wins, positionals are claimed by the first run of loose words.
 */
export function parseArguments(
  words: readonly Word[],
  set: OptionSet,
  positionals: readonly PositionalGrammar[] = [],
): ParsedArguments {
  return new ArgumentParser(words, set, positionals).run();
}

class ArgumentParser {
  readonly #words: readonly Word[];
  readonly #set: OptionSet;
  readonly #classes: readonly WordClass[];
  #pending: readonly PositionalGrammar[];
  readonly #values: Record<string, OptionValue> = {};
  readonly #uses: OptionUse[] = [];
  readonly #positionals: Record<string, readonly Word[]> = {};
  readonly #positionalValues: Record<string, OptionValue[]> = {};
  readonly #leftovers: Word[] = [];
  readonly #errors: ArgumentError[] = [];

  constructor(words: readonly Word[], set: OptionSet, positionals: readonly PositionalGrammar[]) {
    this.#words = words;
    this.#set = set;
    this.#pending = positionals;
    this.#classes = classifyWords(words, set);
  }

  run(): ParsedArguments {
    for (const option of this.#set.options) {
      const initial = defaultOf(option);
      // Of several options with one field the first decides what it is when none is given.
      if (initial !== undefined) this.#values[option.field] ??= initial;
    }
    this.#consume();
    this.#checkRequired();
    return {
      values: this.#values,
      uses: this.#uses,
      positionals: this.#positionals,
      positionalValues: this.#positionalValues,
      leftovers: this.#leftovers,
      errors: this.#errors,
    };
  }

  #consume(): void {
    let at = 0;
    while (at < this.#words.length) {
      if (this.#isOption(at)) {
        at = this.#consumeOption(at);
        continue;
      }
      const runEnd = this.#runEnd(at);
      const claimed = this.#consumePositionals(at, runEnd);
      // Only the first words of a run can be claimed; the others are lost to the options that follow.
      for (const word of this.#words.slice(claimed, runEnd)) this.#leftovers.push(word);
      at = runEnd;
    }
    this.#consumePositionals(at, at);
  }

  #isOption(at: number): boolean {
    const type = this.#classes[at]?.type;
    return type === 'option' || type === 'unknown-option' || type === 'ambiguous';
  }

  /** End of the run of words at `at` that are no options. */
  #runEnd(at: number): number {
    let end = at;
    while (end < this.#words.length && !this.#isOption(end)) end++;
    return end;
  }

  #consumeOption(at: number): number {
    const word = this.#words[at];
    const found = this.#classes[at];
    if (word === undefined || found === undefined) return at + 1;
    if (found.type === 'ambiguous') {
      const message = `"${word.value}" could be ${found.candidates.join(' or ')}`;
      this.#errors.push({ code: 'ambiguous-option', message, word });
      return at + 1;
    }
    if (found.type !== 'option') {
      this.#leftovers.push(word);
      return at + 1;
    }
    return this.#applyOption(at, word, found.option, found.value);
  }

  #applyOption(at: number, word: Word, option: OptionGrammar, inline: string | undefined): number {
    const name = option.names[0] ?? '';
    if (takesNoValue(option)) {
      if (inline !== undefined) {
        this.#errors.push({ code: 'flag-takes-no-value', message: `${name} takes no value`, word });
        return at + 1;
      }
      this.#uses.push({ option, word });
      this.#assign(option, constantOf(option, this.#values[option.field]));
      return at + 1;
    }
    if (inline !== undefined) {
      this.#uses.push({ option, word });
      this.#store(option, inline, word);
      return at + 1;
    }
    const next = this.#words[at + 1];
    if (next !== undefined && this.#classes[at + 1]?.type === 'positional') {
      this.#uses.push({ option, word, valueWord: next });
      this.#store(option, next.value, next);
      return at + 2;
    }
    this.#uses.push({ option, word });
    if (option.nargs === '?') this.#assign(option, option.bare ?? true);
    else this.#errors.push({ code: 'missing-value', message: `${name} needs a value`, word });
    return at + 1;
  }

  #store(option: OptionGrammar, text: string, word: Word): void {
    const result = convert(option.kind, text, option.choices);
    if ('problem' in result) {
      const code = option.choices === undefined ? 'invalid-value' : 'invalid-choice';
      this.#errors.push({ code, message: `${option.names[0] ?? ''}: ${result.problem}`, word });
    } else {
      this.#assign(option, accumulate(option, this.#values[option.field], result.value));
    }
  }

  #assign(option: OptionGrammar, value: OptionValue): void {
    this.#values[option.field] = value;
  }

  /** Gives the words from `from` to `to` to as many pending positionals as can be served; returns where it stopped. */
  #consumePositionals(from: number, to: number): number {
    const pattern = this.#classes
      .slice(from, to)
      .map((c) => (c.type === 'separator' ? '-' : 'A'))
      .join('');
    for (let count = this.#pending.length; count > 0; count--) {
      const taken = this.#pending.slice(0, count);
      const match = new RegExp(`^${taken.map(patternOf).join('')}`).exec(pattern);
      if (match === null) continue;
      let at = from;
      taken.forEach((positional, index) => {
        const length = match[index + 1]?.length ?? 0;
        this.#claim(positional, this.#words.slice(at, at + length));
        at += length;
      });
      this.#pending = this.#pending.slice(count);
      return at;
    }
    return from;
  }

  #claim(positional: PositionalGrammar, words: readonly Word[]): void {
    const separator = words.findIndex((word) => word.value === '--');
    const claimed = separator < 0 ? words : words.toSpliced(separator, 1);
    this.#positionals[positional.name] = claimed;
    const values: OptionValue[] = [];
    this.#positionalValues[positional.name] = values;
    for (const word of claimed) {
      const result = convert(positional.kind, word.value, positional.choices);
      if ('problem' in result) this.#errors.push({ code: 'invalid-choice', message: result.problem, word });
      else values.push(result.value);
    }
  }

  #checkRequired(): void {
    const given = new Set(this.#uses.map((use) => use.option));
    const missing = [
      ...this.#pending.filter((p) => p.nargs !== '?' && p.nargs !== '*').map((p) => WORDS_FOR[p.name] ?? p.name),
      ...this.#set.options.filter((o) => o.required === true && !given.has(o)).map((o) => o.names[0] ?? ''),
    ];
    for (const name of missing) this.#errors.push({ code: 'missing-required', message: `${name} is missing` });
  }
}

/** What people call the words of a command. */
const WORDS_FOR: Readonly<Record<string, string>> = {
  device: 'The device',
  iqn: 'The iSCSI name',
  lang: 'The language',
  mntpoint: 'The mount point',
  origin: 'The origin, GROUP/VOLUME,',
  sshkey: 'The key',
  url: 'The URL',
};

/** Whether an option is complete without a value. */
export function takesNoValue(option: OptionGrammar): boolean {
  return ['flag', 'flag-off', 'const', 'append-const'].includes(option.kind);
}

function defaultOf(option: OptionGrammar): OptionValue | undefined {
  if (option.default === null) return undefined;
  if (option.default !== undefined) return option.default;
  if (option.kind === 'flag') return false;
  return option.kind === 'flag-off' ? true : undefined;
}

function constantOf(option: OptionGrammar, before: OptionValue | undefined): OptionValue {
  if (option.kind === 'flag') return true;
  if (option.kind === 'flag-off') return false;
  const constant = option.const ?? '';
  return option.kind === 'append-const' ? appended(before, [constant]) : constant;
}

function accumulate(option: OptionGrammar, before: OptionValue | undefined, value: OptionValue): OptionValue {
  if (option.kind === 'string-each') return appended(before, [String(value)]);
  return option.kind.endsWith('+') && Array.isArray(value) ? appended(before, value.map(String)) : value;
}

/** The list of earlier uses on the line, grown in place: a line may use an option 100,000 times. */
function appended(before: OptionValue | undefined, items: readonly string[]): string[] {
  const list = Array.isArray(before) ? (before as string[]) : [];
  for (const item of items) list.push(item);
  return list;
}

/** The words one positional can take, as a pattern over `A` (word) and `-` (the `--` separator). */
function patternOf(positional: PositionalGrammar): string {
  if (positional.nargs === '*') return '(-*[A-]*)';
  return positional.nargs === '?' ? '(-*A?-*)' : '(-*A-*)';
}
