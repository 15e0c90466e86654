import { takesNoValue } from '../arguments/parse-arguments.ts';
import type { Fix } from '../diagnostic.ts';
import { replaceAt } from '../edit/fix.ts';
import { commandGrammar, optionSet, sectionGrammar } from '../grammar/lookup.ts';
import { type KickstartVersion, versionsOfFamily } from '../grammar/version-order.ts';
import type { Word } from '../syntax/words.ts';
import type { Findings } from './findings.ts';
import type { OptionLine } from './option-line.ts';
import { renameFix } from './rename.ts';
import { replacementFor } from './replacements.ts';
import { allClosest, didYouMean } from './suggest.ts';

/** Reports an option that the command or section header of a line does not have in a release. */
export function reportUnknownOption(
  line: OptionLine,
  word: Word,
  version: KickstartVersion,
  findings: Findings,
  surplus: readonly Word[] = [],
): void {
  const name = word.value.split('=', 1)[0] ?? '';
  const options = optionsOf(line, version);
  if (options.has(name)) {
    findings.error('unrecognized-arguments', `Behind -- even ${name} is just a word`, word.span);
    return;
  }
  const history = historyOf(line, name, version);
  const message = `${version} has no option ${name} here${history}`;
  const { advice, newName, isRemovable } = (history === '' ? undefined : replacementFor(name)) ?? {};
  if (advice !== undefined) {
    const renamed = newName === undefined || !options.has(newName) ? undefined : renameFix(word, name, newName);
    const removed = isRemovable && surplus.length === 0 ? removalOf(line, word) : undefined;
    findings.error('unrecognized-arguments', message, word.span, { hint: advice, fix: renamed ?? removed });
    return;
  }
  const guesses = allClosest(name, options.keys());
  const fixes = guesses.flatMap((guess) => renameFix(word, name, guess) ?? []);
  const [guess = ''] = guesses;
  // One guess that takes a value where one is written is what was meant; of several nobody knows.
  const isSure = guesses.length === 1 && fixes.length === 1 && surplus.length === 0 && fits(word, options.get(guess));
  findings.error('unrecognized-arguments', message, word.span, {
    hint: didYouMean(guesses),
    ...(isSure ? { fix: fixes[0] } : { suggestions: fixes }),
  });
}

function optionsOf(line: OptionLine, version: KickstartVersion) {
  const name = line.words[0]?.value ?? '';
  const grammar = name.startsWith('%') ? sectionGrammar(name, version) : commandGrammar(name, version);
  return grammar === undefined ? new Map<string, never>() : optionSet(grammar).byName;
}

type Option = Parameters<typeof takesNoValue>[0];

function fits(word: Word, option: Option | undefined): boolean {
  return option !== undefined && takesNoValue(option) !== word.value.includes('=');
}

function removalOf(line: OptionLine, word: Word): Fix | undefined {
  return word.value.includes('=') ? replaceAt(line.spanOf(word, word), 'Remove the option', '') : undefined;
}

/** `: it is gone since F40` or `: it exists since F41`; empty for an option that no release of the family has. */
function historyOf(line: OptionLine, name: string, version: KickstartVersion): string {
  const family = versionsOfFamily(version);
  const at = family.indexOf(version);
  const has = (release: KickstartVersion) => optionsOf(line, release).has(name);
  const last = family.slice(0, at).findLastIndex(has);
  if (last >= 0) return `: it is gone since ${family[last + 1]}`;
  const later = family.slice(at + 1).find(has);
  return later === undefined ? '' : `: it exists since ${later}`;
}
