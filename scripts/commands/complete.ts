import { homedir } from 'node:os';
import {
  type AllVerbs,
  type Candidate,
  completionOf,
  everywhere,
  type Named,
  operands,
  text,
  type Values,
} from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { type CatalogueEntry, list, listTopologies } from '../flavour/index.ts';
import { findPlaces, type Places, sourceDirectories } from '../places/index.ts';

export const name = 'complete';
export const help = { summary: 'answer a shell that completes a command line', hidden: true } as const;
export const flags = { words: operands(text('words'), 'what was typed, up to the word to complete') };

/** Prints what may stand where the last word is, one a line with what it is: `headless<TAB>a host without a screen`. */
export async function run(
  { words }: Values<typeof flags>,
  { print }: ReadingContext,
  { declarations, groups }: AllVerbs,
): Promise<void> {
  const places = findPlaces(process.env, directoriesIn(words));
  const offer = await completionOf({
    words,
    declarations: await declarations(),
    groups,
    everywhere,
    namesOf: (named) => namesOf(named, places),
  });
  if (typeof offer === 'string') return print(`:${offer}`);
  for (const { word, help: about } of offer) print(about === undefined ? word : `${word}\t${about}`);
}

/** What the unfinished line itself gives to `--dir`. */
function directoriesIn(words: readonly string[]): readonly string[] {
  const given = words.flatMap((word, index) => {
    const joined = /^--dir=(.+)/.exec(word)?.[1];
    if (joined !== undefined) return [joined];
    const value = words[index + 1] === '=' ? words[index + 2] : words[index + 1];
    return word === '--dir' && value !== undefined ? [value] : [];
  });
  return given.map((directory) => directory.replace(/^~(?=\/|$)/, homedir()));
}

/** Loaded by kind: a shell's user waits for each answer. */
async function namesOf(named: Named, { checkout, user }: Places): Promise<readonly Candidate[]> {
  switch (named) {
    case 'check': {
      const { allChecks } = await import('../checks/index.ts');
      return allChecks.map(({ id, title }) => ({ word: id, help: title }));
    }
    case 'scenario': {
      const { allScenarios } = await import('../scenarios/index.ts');
      return [
        ...allScenarios.map(({ id, title }) => ({ word: id, help: title })),
        { word: 'usual', help: 'all that do not take long' },
        { word: 'all' },
      ];
    }
    case 'topology':
      return listTopologies(sourceDirectories(checkout, user)).map(candidate);
    default:
      return list(named, sourceDirectories(checkout, user)).map(candidate);
  }
}

const candidate = ({ name, summary = '' }: CatalogueEntry): Candidate => ({ word: name, help: summary });
