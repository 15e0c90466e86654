/** An option as the reference's own parser has it; of keys not named here only some options have any. */
export interface RawOption {
  names: string[];
  kind: string;
  dest?: string;
  const?: string;
  default?: string | number | boolean | null;
  choices?: string[];
  [key: string]: unknown;
}

/** A command or section in the releases where it is the same. */
export interface RawVariant {
  versions: string[];
  options?: RawOption[];
  positionals?: Record<string, unknown>[];
  [key: string]: unknown;
}

/** What a commands.json holds: facts introspected from the reference, all releases of a command side by side. */
export interface RawFacts {
  source: string;
  versions: Record<string, string[]>;
  aliases: Record<string, string>;
  newest: string;
  commands: Record<string, RawVariant[]>;
  sections: Record<string, RawVariant[]>;
}
