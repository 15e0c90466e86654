import type { OptionValue, ParsedArguments } from '../arguments/parse-arguments.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { CommandLine } from '../syntax/tree.ts';
import type { Word } from '../syntax/words.ts';

/** Values of a command by field, before they get their type. */
export type Values = Record<string, OptionValue>;

/** One line of a command on its way into the model. */
export interface CommandInput {
  readonly line: CommandLine;
  readonly version: KickstartVersion;
  readonly args: ParsedArguments;
  /** The values of this line alone; `read` adds what the words say. */
  readonly values: Values;
  /** Tells whether the line itself names an option that sets this field. */
  isGiven(field: string): boolean;
  /** The words of a positional. */
  words(name: string): readonly string[];
  /** For commands that overwrite: what their earlier lines said. */
  readonly before: Values | undefined;
  /** Takes back what earlier lines said about a field. */
  unset(field: string): void;
  /** Reports a broken rule. The line then has no effect. `at` is a field whose option is to blame, or a word. */
  reject(message: string, at?: string | Word): void;
}

/** What is particular to one command: everything its option table cannot say. */
interface Behaviour<V> {
  /** What the command makes use of among the words that no option and no positional claims; default: nothing. */
  leftovers?: 'words' | 'anything';
  /** Puts words that are no options into `input.values`, and checks them. */
  read?(input: CommandInput): void;
  /** Checks the value; for commands that overwrite, after merging with earlier lines. */
  check?(value: V, input: CommandInput): void;
  /** What makes two entries of a collecting command duplicates of each other; undefined for entries that never are. */
  key?(value: V): string | undefined;
  /** Whether a duplicate is refused; otherwise it only warns. */
  readonly refusesDuplicates?: boolean;
  /** The command in canonical form, without a line ending; empty when there is nothing to say. */
  write(value: V, version: KickstartVersion): string;
}

/** A behaviour whose value type has been forgotten, so that all of them fit into one registry. */
export type AnyBehaviour = Behaviour<Values>;

/** Declares a behaviour. The registry pairs it with the grammar that makes its values, so its value type holds there. */
export function behaviour<V>(definition: Behaviour<V>): AnyBehaviour {
  return definition as unknown as AnyBehaviour;
}
