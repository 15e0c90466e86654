import type { ArgumentErrorCode } from '../arguments/argument-error.ts';
import type { OptionUse, ParsedArguments } from '../arguments/parse-arguments.ts';
import type { Fix, Span } from '../diagnostic.ts';
import { replaceAt, writeAt } from '../edit/fix.ts';
import type { CommandGrammar, SectionGrammar } from '../grammar/grammar.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { GivenOption } from '../model/entry.ts';
import type { Word } from '../syntax/words.ts';
import type { Findings } from './findings.ts';
import type { OptionLine } from './option-line.ts';
import { renameFix } from './rename.ts';
import { replacementFor } from './replacements.ts';
import { sizeFor } from './size-word.ts';
import { reportSurplus } from './surplus-words.ts';
import { reportUnknownOption } from './unknown-option.ts';

/** Beyond these only their number is told: a line of surplus words must not become a page of findings. */
const MOST_FINDINGS = 10;

/** Reports a quote that is never closed. */
export function reportQuoting(line: { quotingSpan: Span | undefined; span: Span }, findings: Findings): void {
  findings.error('quoting', 'This quote or backslash is never closed', line.quotingSpan ?? line.span, {
    hint: 'A kickstart line ends at its line break: close the quote on the same line.',
  });
}

/** The options a line names, with their full names. */
export function givenOptions(args: ParsedArguments): GivenOption[] {
  return args.uses.map(({ option, word }) => ({ name: option.names[0] ?? '', field: option.field, span: word.span }));
}

/** Reports what is wrong with the options of a line, and which of them are deprecated. */
export function reportArgumentErrors(line: OptionLine, args: ParsedArguments, findings: Findings): void {
  for (const use of args.uses) {
    const { option, word } = use;
    const name = option.names[0] ?? '';
    if (option.deprecated === undefined) continue;
    if (option.warnsWhen === 'spelled-out' && word.value.split('=', 1)[0] !== name) continue;
    if (option.warnsWhen === 'not-empty' && String(args.values[option.field]) === '') continue;
    findings.warn('deprecated-option', `${name} is deprecated since ${option.deprecated}`, word.span, {
      hint: replacementFor(name)?.advice,
      fix: deprecationFix(line, use),
    });
  }
  for (const { code, message, word } of args.errors.slice(0, MOST_FINDINGS)) {
    const mended = word === undefined ? {} : mendedValue(code, word, line, args);
    findings.error(code, message, word?.span ?? line.words[0]?.span ?? line.span, mended);
  }
}

/** What may be meant by a value that its option does not take. */
function mendedValue(
  code: ArgumentErrorCode,
  word: Word,
  line: OptionLine,
  args: ParsedArguments,
): { readonly fix?: Fix; readonly suggestions?: readonly Fix[] } {
  if (code === 'flag-takes-no-value') return withoutValue(line, word);
  const use = args.uses.find((one) => one.word === word || one.valueWord === word);
  if (code !== 'invalid-value' || use === undefined) return {};
  const start = use.valueWord === word ? '' : word.value.slice(0, word.value.indexOf('=') + 1);
  const size = sizeFor(use.option, word.value.slice(start.length));
  return size === undefined ? {} : { suggestions: [writeAt(word.span, `${start}${size}`)] };
}

/** A flag with a value: `--activate=yes` means the flag, `--activate=no` its absence, anything else a person must say. */
function withoutValue(line: OptionLine, word: Word): { readonly fix?: Fix; readonly suggestions?: readonly Fix[] } {
  const inline = word.raw.indexOf('=');
  if (inline <= 0) return {};
  const bare = replaceAt(word.span, 'Remove the value', word.raw.slice(0, inline));
  const value = word.value.slice(word.value.indexOf('=') + 1).toLowerCase();
  if (['yes', 'true', 'on', '1'].includes(value)) return { fix: bare };
  const removed = replaceAt(line.spanOf(word, word), 'Remove the option', '');
  return { suggestions: ['no', 'false', 'off', '0'].includes(value) ? [removed, bare] : [bare, removed] };
}

function deprecationFix(line: OptionLine, { option, word, valueWord }: OptionUse): Fix | undefined {
  const name = option.names[0] ?? '';
  const { newName, isRemovable } = replacementFor(name) ?? {};
  if (newName !== undefined) return renameFix(word, word.raw.split('=', 1)[0] ?? '', newName);
  return isRemovable === true ? replaceAt(line.spanOf(word, valueWord ?? word), 'Remove the option', '') : undefined;
}

/**
 * Reports words no option and no positional claims. Words that stand together are one finding; words behind an unknown
 * option are perhaps its value, and told with it.
 */
export function reportLeftovers(
  line: OptionLine,
  args: ParsedArguments,
  leftovers: readonly Word[],
  grammar: CommandGrammar | SectionGrammar,
  version: KickstartVersion,
  findings: Findings,
): void {
  const runs = runsOf(line, leftovers);
  for (const { option, words, isAtEnd } of runs.slice(0, MOST_FINDINGS)) {
    const [first] = words;
    if (option !== undefined) reportUnknownOption(line, option, version, findings, words);
    else if (first !== undefined) {
      const span = { ...first.span, end: (words.at(-1) ?? first).span.end };
      reportSurplus({ words: [first, ...words.slice(1)], span, isAtEnd }, line, args, grammar, findings);
    }
  }
  const [next] = runs.slice(MOST_FINDINGS);
  const start = next?.option ?? next?.words[0];
  if (start === undefined) return;
  const rest = leftovers.slice(leftovers.indexOf(start));
  const span = { ...start.span, end: (rest.at(-1) ?? start).span.end };
  findings.error('unrecognized-arguments', `${rest.length} more words that belong to nothing`, span);
}

interface Run {
  /** The unknown option that the words follow. */
  readonly option: Word | undefined;
  readonly words: Word[];
  readonly isAtEnd: boolean;
}

/** The leftovers in runs of neighbours; each unknown option begins one. */
function runsOf(line: OptionLine, leftovers: readonly Word[]): Run[] {
  const unclaimed = new Set(leftovers);
  const runs: { option: Word | undefined; words: Word[]; isAtEnd: boolean }[] = [];
  let current: (typeof runs)[number] | undefined;
  for (const word of line.words) {
    if (!unclaimed.has(word)) {
      if (current !== undefined) current.isAtEnd = false;
      current = undefined;
    } else if (isOption(word)) {
      if (current !== undefined) current.isAtEnd = false;
      const run = { option: word, words: [], isAtEnd: true };
      runs.push(run);
      // Behind -- nothing is a value.
      current = word.value === '--' ? undefined : run;
    } else if (current === undefined) {
      current = { option: undefined, words: [word], isAtEnd: true };
      runs.push(current);
    } else current.words.push(word);
  }
  return runs;
}

function isOption(word: Word): boolean {
  return word.value.startsWith('-');
}
