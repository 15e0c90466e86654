import type { OptionUse } from '../arguments/parse-arguments.ts';
import type { Span } from '../diagnostic.ts';
import type { CommandGrammar, OptionGrammar, SectionGrammar } from '../grammar/grammar.ts';
import { optionSet } from '../grammar/lookup.ts';
import { KICKSTART_VERSIONS, type KickstartVersion } from '../grammar/version.ts';

/** What one option of a line does and which releases have it. */
export interface ExplainedOption {
  readonly name: string;
  readonly value?: string;
  readonly since: string;
  readonly deprecated?: string;
  /** Releases of today's tables that have it. */
  readonly versions: readonly KickstartVersion[];
}

/** What one line means. */
export interface Explanation {
  readonly span: Span;
  readonly text: string;
  readonly command: string;
  /** What the command is for; absent for unknown commands. */
  readonly summary?: string;
  /** In the release asked about. */
  readonly status: 'active' | 'deprecated' | 'removed' | 'unknown';
  /** Releases in which the command works. */
  readonly versions: readonly KickstartVersion[];
  /** `since F41`, for commands that are going or gone. */
  readonly statusSince?: string;
  readonly advice?: string;
  /** Whether a second line adds to the first or replaces it. */
  readonly repeats?: 'adds up' | 'replaces';
  readonly options: readonly ExplainedOption[];
}

/** Explains uses of options. */
export function explainUses(
  uses: readonly OptionUse[],
  has: (option: OptionGrammar, version: KickstartVersion) => boolean,
): ExplainedOption[] {
  return uses.map(({ option, word, valueWord }) => {
    const equals = word.value.indexOf('=');
    const value = valueWord?.value ?? (equals < 0 ? undefined : word.value.slice(equals + 1));
    return {
      name: option.names[0] ?? '',
      ...(value === undefined ? {} : { value }),
      since: option.since,
      ...(option.deprecated === undefined ? {} : { deprecated: option.deprecated }),
      versions: versionsWith((version) => has(option, version)),
    };
  });
}

/** Whether a variant of the grammar has an option. */
export function hasOption(grammar: CommandGrammar | SectionGrammar | undefined, option: OptionGrammar): boolean {
  return grammar !== undefined && optionSet(grammar).byName.has(option.names[0] ?? '');
}

/** The explanation of a line that has neither options nor a history. */
export function simpleExplanation(span: Span, text: string, command: string, summary: string): Explanation {
  return { span, text: text.trim(), command, summary, status: 'active', versions: [], options: [] };
}

/** Releases for which something holds. */
export function versionsWith(test: (version: KickstartVersion) => boolean): KickstartVersion[] {
  return KICKSTART_VERSIONS.filter(test);
}
