import { type ParsedArguments, takesNoValue } from '../arguments/parse-arguments.ts';
import type { Fix } from '../diagnostic.ts';
import { writeAt } from '../edit/fix.ts';
import type { CommandGrammar, OptionGrammar, SectionGrammar } from '../grammar/grammar.ts';
import { optionSet } from '../grammar/lookup.ts';
import type { Word } from '../syntax/words.ts';
import { sizeFor } from './size-word.ts';

const FILE_SYSTEMS = /^(?:ext[234]|xfs|btrfs|vfat|efi|swap|biosboot|tmpfs)$/;
const ADDRESS = /^(?:https?|ftp|file|nfs):/;

/**
 * What a single word can be the value of, though no option is named: `8192` and `8G` of --size, `https://…` of --url, `dhcp` of
 * --bootproto, `all` for --all. Sure is only what names its option: `size=8192`.
 */
export function nameWord(
  words: readonly Word[],
  args: ParsedArguments,
  grammar: CommandGrammar | SectionGrammar,
): { readonly fixes: readonly Fix[]; readonly isSure: boolean } | undefined {
  const [word, ...others] = words;
  if (word === undefined || others.length > 0) return undefined;
  const { options, byName } = optionSet(grammar);
  const isFree = (option: OptionGrammar | undefined) =>
    option !== undefined && !args.uses.some((use) => use.option.field === option.field);
  const [name = ''] = word.value.split('=', 1);
  const spelled = byName.get(`--${name}`);
  if (spelled !== undefined && isFree(spelled) && takesNoValue(spelled) !== word.value.includes('=')) {
    const size = sizeFor(spelled, word.value.slice(name.length + 1));
    if (size !== undefined) return { fixes: [writeAt(word.span, `--${name}=${size}`)], isSure: false };
    const isNamed = word.value.includes('=') && word.raw === word.value;
    return { fixes: [writeAt(word.span, `--${word.raw}`)], isSure: isNamed };
  }
  const meant = options.filter((option) => isFree(option) && isValueOf(word.value, option));
  return {
    fixes: meant.map((option) =>
      writeAt(word.span, `${option.names[0] ?? ''}=${sizeFor(option, word.value) ?? word.raw}`),
    ),
    isSure: false,
  };
}

function isValueOf(value: string, option: OptionGrammar): boolean {
  const { names, required, kind, choices } = option;
  const [name = ''] = names;
  if (choices !== undefined) return choices.includes(value);
  if (kind === 'int') return name === '--size' && (/^\d+$/.test(value) || sizeFor(option, value) !== undefined);
  if (name === '--fstype') return FILE_SYSTEMS.test(value);
  if (ADDRESS.test(value)) return addressOptions(value).includes(name);
  return required === true && kind === 'string';
}

/** The options for an address, by what servers of mirror lists have in theirs. */
function addressOptions(address: string): readonly string[] {
  if (/mirrorlist/.test(address)) return ['--mirrorlist'];
  return /metalink/.test(address) ? ['--metalink'] : ['--url', '--baseurl'];
}
