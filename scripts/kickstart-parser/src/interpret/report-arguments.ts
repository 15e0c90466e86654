import type { ParsedArguments } from '../arguments/parse-arguments.ts';
import type { Span } from '../diagnostic.ts';
import type { CommandGrammar, SectionGrammar } from '../grammar/grammar.ts';
import { optionSet } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { GivenOption } from '../model/entry.ts';
import type { Word } from '../syntax/words.ts';
import type { Findings } from './findings.ts';
import { replacementFor } from './replacements.ts';
import { closest } from './suggest.ts';

interface OptionLine {
  readonly span: Span;
  readonly words: readonly Word[];
}

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
  for (const { option, word } of args.uses) {
    const name = option.names[0] ?? '';
    if (option.deprecated === undefined) continue;
    if (option.warnsWhen === 'spelled-out' && word.value !== name) continue;
    if (option.warnsWhen === 'not-empty' && String(args.values[option.field]) === '') continue;
    findings.warn('deprecated-option', `${name} is deprecated since ${option.deprecated}`, word.span, {
      hint: replacementFor(name),
    });
  }
  for (const error of args.errors) {
    findings.error(error.code, error.message, error.word?.span ?? line.words[0]?.span ?? line.span);
  }
}

/** Reports words no option and no positional claims, each by itself. */
export function reportLeftovers(
  leftovers: readonly Word[],
  grammar: CommandGrammar | SectionGrammar,
  version: KickstartVersion,
  findings: Findings,
): void {
  for (const word of leftovers) {
    if (!isOption(word)) {
      findings.error('unrecognized-arguments', `"${word.value}" is one word too many`, word.span, {
        hint: 'Put # before it if it is a comment.',
      });
      continue;
    }
    const name = word.value.split('=', 1)[0] ?? '';
    const guess = closest(name, optionSet(grammar).byName.keys());
    findings.error('unrecognized-arguments', `${version} has no option ${name} here`, word.span, {
      hint: guess === undefined ? undefined : `Did you mean ${guess}?`,
      fix: guess === undefined ? undefined : renameFix(word, name, guess),
    });
  }
}

function isOption(word: Word): boolean {
  return word.value.startsWith('-');
}

function renameFix(word: Word, name: string, guess: string) {
  // Only a name written plainly can be replaced without touching the value behind it.
  if (!word.raw.startsWith(name)) return undefined;
  return { title: `Replace by ${guess}`, edits: [{ span: word.span, text: guess + word.raw.slice(name.length) }] };
}
