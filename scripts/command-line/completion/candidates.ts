import type { AllVerbs, Declaration, Parameters } from '../declaration.ts';
import { optionName } from '../spelling.ts';
import type { Completion } from '../value.ts';
import { placeOf, type Unfinished } from './place.ts';

/** A word that a shell offers, and what it is. */
export interface Candidate {
  readonly word: string;
  readonly help?: string;
}

/** What a shell offers next: words, or the files or directories that it finds itself. */
export type Offer = readonly Candidate[] | 'files' | 'directories';

export interface CompletionRequest extends Unfinished {
  readonly groups: AllVerbs['groups'];
  /** The names that there are of something: of flavours, of checks, … */
  readonly namesOf: (named: Named) => Promise<readonly Candidate[]>;
}

export type Named = Extract<Completion, { readonly names: string }>['names'];

/** What may stand where the last word is. */
export async function completionOf(request: CompletionRequest): Promise<Offer> {
  const declarations = request.declarations.filter(({ help }) => help.hidden !== true);
  const place = placeOf({ ...request, declarations });
  const last = request.words.at(-1) ?? '';
  const beginning = (candidates: readonly Candidate[]) =>
    candidates.filter(({ word }) => last === '=' || word.startsWith(last));
  switch (place.at) {
    case 'verb':
      return beginning(verbsAfter(place.first, declarations, request.groups));
    case 'option':
      return beginning(optionsOf(place.of, place.given));
    case 'value':
      return valuesOf(place.of.takes?.completion, request, (words) =>
        beginning(words.map((one) => ({ ...one, word: `${place.before}${one.word}` }))),
      );
    case 'nothing':
      return [];
  }
}

async function valuesOf(
  completion: Completion | undefined,
  { namesOf }: CompletionRequest,
  beginning: (candidates: readonly Candidate[]) => readonly Candidate[],
): Promise<Offer> {
  if (completion === undefined) return [];
  if (typeof completion === 'string') return completion;
  if (!('names' in completion)) return beginning(completion.map((word) => ({ word })));
  const found = beginning(await namesOf(completion.names));
  return found.length === 0 && completion.orFile ? 'files' : found;
}

function verbsAfter(
  first: string | undefined,
  declarations: readonly Declaration[],
  groups: CompletionRequest['groups'],
): readonly Candidate[] {
  if (first !== undefined) {
    const seconds = declarations.filter(({ name }) => name.startsWith(`${first} `));
    return seconds.map(({ name, help }) => ({ word: name.slice(first.length + 1), help: help.summary }));
  }
  const ofOneWord = declarations.filter(({ name }) => !name.includes(' '));
  return [
    ...ofOneWord.map(({ name, help }) => ({ word: name, help: help.summary })),
    ...Object.entries(groups).map(([word, help]) => ({ word, help })),
  ];
}

/** Those that were not given yet. */
function optionsOf(parameters: Parameters, given: readonly string[]): readonly Candidate[] {
  const declared = Object.entries(parameters).flatMap(([key, { help, offHelp }]): readonly Candidate[] => {
    const word = optionName(key);
    return offHelp === undefined
      ? [{ word, help }]
      : [
          { word, help },
          { word: word.replace('--', '--no-'), help: offHelp },
        ];
  });
  return [...declared, { word: '--help', help: 'display help for command' }].filter(
    ({ word }) => !given.includes(word),
  );
}
