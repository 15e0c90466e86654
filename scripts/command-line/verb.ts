import type { Context, ReadingContext } from '../context/index.ts';
import type { AllVerbs, Declaration, Parameters, VerbFile } from './declaration.ts';
import { type GivenToVerb, readValues } from './read-values.ts';

/** How a verb reaches what it works with. */
export interface Surroundings {
  readonly reading: ReadingContext;
  readonly running: () => Promise<Context>;
}

export interface LoadedVerb {
  readonly declaration: Declaration;
  /** @throws UsageError for a value that its declaration does not allow */
  readonly run: (given: GivenToVerb, surroundings: Surroundings, all: AllVerbs) => Promise<void>;
}

/** Loads a verb's file. */
export type Verb = () => Promise<LoadedVerb>;

/** By the name that is typed, in the order in which help tells them. */
export type Verbs = Readonly<Record<string, Verb>>;

/** A verb of the registry. The compiler compares what its `run` takes with what its file declares. */
export function verb<P extends Parameters>(load: () => Promise<VerbFile<P>>): Verb {
  return async () => {
    const file = await load();
    return {
      declaration: file,
      run: async (given, { reading, running }, all) => {
        const values = readValues(file.flags, given);
        if (file.startsPrograms === true) await file.run(values, await running(), all);
        else await file.run(values, reading, all);
      },
    };
  };
}
