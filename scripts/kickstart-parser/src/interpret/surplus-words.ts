import type { OptionUse, ParsedArguments } from '../arguments/parse-arguments.ts';
import { doubleQuote, word as quoteWord } from '../commands/canonical-line.ts';
import type { Fix, Span } from '../diagnostic.ts';
import { commentOut, replaceAt } from '../edit/fix.ts';
import type { CommandGrammar, SectionGrammar } from '../grammar/grammar.ts';
import { isProse } from '../syntax/prose.ts';
import type { Word } from '../syntax/words.ts';
import type { Findings } from './findings.ts';
import { nameWord } from './name-word.ts';
import type { OptionLine } from './option-line.ts';

/** Beyond these a message only says that there are more. */
const LONGEST_QUOTATION = 40;

/** Neighbouring words that no option and no positional claims. */
export interface Surplus {
  readonly words: readonly [Word, ...Word[]];
  readonly span: Span;
  /** Nothing stands behind them. */
  readonly isAtEnd: boolean;
}

/** Reports words too many, with what they may have been meant as: a list, one value, the value of an option, a comment. */
export function reportSurplus(
  { words, span, isAtEnd }: Surplus,
  line: OptionLine,
  args: ParsedArguments,
  grammar: CommandGrammar | SectionGrammar,
  findings: Findings,
): void {
  const before = line.words[line.words.indexOf(words[0]) - 1];
  const use = args.uses.find((candidate) => (candidate.valueWord ?? candidate.word) === before);
  const joined = use === undefined ? undefined : joinValue(use, words);
  const named = nameWord(words, args, grammar);
  const comment = isAtEnd ? [commentOut(words[0].span)] : [];
  const isRemark = joined === undefined && isProse(words.map(({ value }) => value));
  const fix = joined?.isSure ? joined.fixes[0] : named?.isSure ? named.fixes[0] : isRemark ? comment[0] : undefined;
  const suggestions = [...(joined?.fixes ?? []), ...(named?.fixes ?? []), ...comment];
  findings.error('unrecognized-arguments', messageFor(words), span, {
    hint: isAtEnd && !joined?.isSure && !named?.isSure ? 'Put # before it if it is a comment.' : undefined,
    ...(fix === undefined ? { suggestions } : { fix }),
  });
}

function messageFor(words: readonly Word[]): string {
  const [first, ...others] = words;
  if (others.length === 0) return `"${shortened(first?.value ?? '')}" is one word too many`;
  let text = '';
  for (const { value } of words) {
    if (text.length > LONGEST_QUOTATION) break;
    text += text === '' ? value : ` ${value}`;
  }
  return `"${shortened(text)}" is ${words.length} words too many`;
}

function shortened(text: string): string {
  return text.length > LONGEST_QUOTATION ? `${text.slice(0, LONGEST_QUOTATION)}…` : text;
}

/** The value of an option together with the words behind it: a list goes on behind a comma, any other value was not quoted. */
function joinValue(
  { option, word, valueWord }: OptionUse,
  words: readonly Word[],
): { readonly fixes: readonly Fix[]; readonly isSure: boolean } | undefined {
  const value = valueWord?.value ?? word.value.slice(word.value.indexOf('=') + 1);
  const parts = [value, ...words.map((surplus) => surplus.value)];
  const span = { ...word.span, end: (words.at(-1) ?? word).span.end };
  const name = option.names[0] ?? '';
  const list = `${name}=${quoteWord(joinedList(parts))}`;
  const asList = replaceAt(span, `Join the list: ${list}`, list);
  switch (option.kind) {
    case 'list':
    case 'list+':
    case 'ports+':
      return { fixes: [asList], isSure: isListWithBlanks(parts) };
    case 'string':
    case 'string-each':
    case 'path': {
      const text = `${name}=${doubleQuote(parts.join(' '))}`;
      const quoted = replaceAt(span, `Quote the value: ${text}`, text);
      // Some texts are lists to the installer, such as those of name servers.
      return { fixes: isListWithBlanks(parts) ? [quoted, asList] : [quoted], isSure: false };
    }
    default:
      return undefined;
  }
}

/** Whether a comma stands at every gap between the parts. */
function isListWithBlanks(parts: readonly string[]): boolean {
  return parts.every((part, index) => index === 0 || part.startsWith(',') || parts[index - 1]?.endsWith(','));
}

function joinedList(parts: readonly string[]): string {
  return parts
    .flatMap((part) => part.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .join(',');
}
