import type { OptionUse, ParsedArguments } from '../arguments/parse-arguments.ts';
import type { Fix, Span } from '../diagnostic.ts';
import { commentOut, replaceAt } from '../edit/fix.ts';
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
  spanOf(from: Word, to: Word): Span;
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
  for (const { code, message, word } of args.errors) {
    const inline = word?.raw.indexOf('=') ?? -1;
    const canDropValue = code === 'flag-takes-no-value' && word !== undefined && inline > 0;
    findings.error(code, message, word?.span ?? line.words[0]?.span ?? line.span, {
      fix: canDropValue ? replaceAt(word.span, 'Remove the value', word.raw.slice(0, inline)) : undefined,
    });
  }
}

function deprecationFix(line: OptionLine, { option, word, valueWord }: OptionUse): Fix | undefined {
  const name = option.names[0] ?? '';
  const { newName, isRemovable } = replacementFor(name) ?? {};
  if (newName !== undefined) return renameFix(word, word.raw.split('=', 1)[0] ?? '', newName);
  return isRemovable === true ? replaceAt(line.spanOf(word, valueWord ?? word), 'Remove the option', '') : undefined;
}

/** Reports words no option and no positional claims, each by itself. */
export function reportLeftovers(
  line: OptionLine,
  leftovers: readonly Word[],
  grammar: CommandGrammar | SectionGrammar,
  version: KickstartVersion,
  findings: Findings,
): void {
  const remark = trailingRemark(line, leftovers);
  for (const word of leftovers) {
    if (isOption(word)) reportUnknownOption(word, grammar, version, findings);
    else {
      findings.error('unrecognized-arguments', `"${word.value}" is one word too many`, word.span, {
        hint: 'Put # before it if it is a comment.',
        fix: word === remark ? commentOut(word.span) : undefined,
      });
    }
  }
}

/** The first of the leftover words at the end of a line: probably a comment without its sign. */
function trailingRemark(line: OptionLine, leftovers: readonly Word[]): Word | undefined {
  const unclaimed = new Set(leftovers);
  let remark: Word | undefined;
  for (const word of line.words.toReversed()) {
    if (!unclaimed.has(word) || isOption(word)) break;
    remark = word;
  }
  return remark;
}

function reportUnknownOption(
  word: Word,
  grammar: CommandGrammar | SectionGrammar,
  version: KickstartVersion,
  findings: Findings,
): void {
  const name = word.value.split('=', 1)[0] ?? '';
  const { byName } = optionSet(grammar);
  if (byName.has(name)) {
    findings.error('unrecognized-arguments', `Behind -- even ${name} is just a word`, word.span);
    return;
  }
  const guess = closest(name, byName.keys());
  findings.error('unrecognized-arguments', `${version} has no option ${name} here`, word.span, {
    hint: guess === undefined ? undefined : `Did you mean ${guess}?`,
    fix: guess === undefined ? undefined : renameFix(word, name, guess),
  });
}

function isOption(word: Word): boolean {
  return word.value.startsWith('-');
}

function renameFix(word: Word, name: string, newName: string): Fix | undefined {
  // Only a name written plainly can be replaced without touching the value behind it.
  if (!word.raw.startsWith(name)) return undefined;
  return replaceAt(word.span, `Replace by ${newName}`, newName + word.raw.slice(name.length));
}
