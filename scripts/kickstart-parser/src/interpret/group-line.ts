import { parseArguments } from '../arguments/parse-arguments.ts';
import type { OptionSet } from '../grammar/lookup.ts';
import type { GroupEntry } from '../model/model.ts';
import type { SourceText } from '../source/source-text.ts';
import { splitWords } from '../syntax/words.ts';
import type { PackageLine } from './package-lines.ts';

const OPTIONS = (['nodefaults', 'optional'] as const).map((field) => {
  return { names: [`--${field}`], kind: 'flag', field, since: 'F7' } as const;
});

const OPTION_SET: OptionSet = {
  options: OPTIONS,
  byName: new Map(OPTIONS.map((option) => [option.names[0] ?? '', option])),
};

/** Reads a line like `@Some Group --optional`. Words that are no options make up the name. */
export function readGroup(
  source: SourceText,
  line: PackageLine,
): Omit<GroupEntry, 'span'> | { readonly problem: string } {
  const { values, leftovers, errors } = parseArguments(splitWords(source, line.start + 1, line.end), OPTION_SET);
  const [error] = errors;
  if (error !== undefined) return { problem: error.message };
  if (values.nodefaults === true && values.optional === true) {
    return { problem: '--nodefaults and --optional exclude each other' };
  }
  const include = values.nodefaults === true ? 'nodefaults' : values.optional === true ? 'optional' : 'default';
  return { name: leftovers.map(({ value }) => value).join(' '), include };
}
