/** What an option does with its words; the meaning of each kind is in `arguments/convert.ts`. */
export type OptionKind =
  | 'flag'
  | 'flag-off'
  | 'const'
  | 'append-const'
  | 'string'
  | 'string-each'
  | 'int'
  | 'bool'
  | 'list'
  | 'list+'
  | 'path'
  | 'device'
  | 'choice'
  | 'word'
  | 'ports+'
  | 'teamslaves';

/** One option of a command or section header, as one or more releases have it. */
export interface OptionGrammar {
  readonly names: readonly string[];
  readonly kind: OptionKind;
  /** Field of the model the option sets. Options with the same field overwrite each other. */
  readonly field: string;
  /** Null: a flag that is neither on nor off until it is given. */
  readonly default?: string | number | boolean | null;
  readonly required?: boolean;
  readonly choices?: readonly string[];
  /** `'?'`: the option may stand alone; it then has the value `bare`. */
  readonly nargs?: '?';
  readonly bare?: boolean;
  readonly const?: string;
  /** Release that brought the option; older ones than F36 are named as they were called then (`FC3`). */
  readonly since: string;
  /** Release since which the option is deprecated. */
  readonly deprecated?: string;
  /** The deprecation warning comes only if the option is spelled out, or only if its value is not empty. */
  readonly warnsWhen?: 'spelled-out' | 'not-empty';
}

/** A word of a command that is no option. */
export interface PositionalGrammar {
  readonly name: string;
  readonly kind: OptionKind;
  readonly nargs?: 1 | '?' | '*';
  readonly choices?: readonly string[];
  readonly default?: string;
}

interface Variant {
  /** Releases with this variant, separated by blanks. */
  readonly versions: string;
}

/** One command as one or more releases have it. */
export interface CommandGrammar extends Variant {
  readonly status: 'active' | 'deprecated' | 'removed';
  /** The command still works, with a warning. */
  readonly deprecated?: boolean;
  /** Rank in canonical output; commands of one rank are sorted by `sortName`. */
  readonly order?: number;
  readonly sortName?: string;
  /** Whether lines add up to a list or overwrite one state. */
  readonly repeat?: 'collect' | 'overwrite';
  /** Commands that must not stand in the same kickstart. */
  readonly conflicts?: readonly string[];
  /** How words that match nothing are treated: refused, left to the command's own check, or the line is no option line at all. */
  readonly args?: 'strict' | 'known' | 'none' | 'raw' | 'realm';
  readonly positionals?: readonly PositionalGrammar[];
  /** Indices into `OPTIONS`. */
  readonly options?: readonly number[];
}

/** One section header as one or more releases have it. */
export interface SectionGrammar extends Variant {
  readonly deprecated?: string;
  readonly options: readonly number[];
}
