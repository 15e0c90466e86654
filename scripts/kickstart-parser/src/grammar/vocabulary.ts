import { commandGrammar, optionSet, workingCommands } from './lookup.ts';
import { type KickstartVersion, LATEST_VERSION } from './version.ts';

/** A command that does something in a release, and the options that it takes there. */
export interface CommandVocabulary {
  readonly name: string;
  /** The first name of each option, in the grammar's order; without those that the release calls deprecated. */
  readonly options: readonly string[];
}

/** What can be written in a kickstart of a release, sorted by command. */
export function vocabulary(version: KickstartVersion = LATEST_VERSION): readonly CommandVocabulary[] {
  return [...workingCommands(version)].sort().map((name) => {
    const grammar = commandGrammar(name, version);
    const options = grammar === undefined ? [] : optionSet(grammar).options;
    return {
      name,
      options: options.flatMap(({ names, deprecated }) => (deprecated === undefined ? names.slice(0, 1) : [])),
    };
  });
}
