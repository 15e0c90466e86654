import { parseArguments } from '../arguments/parse-arguments.ts';
import { modelName } from '../commands/spelling.ts';
import { SUMMARIES } from '../commands/summaries.ts';
import type { Span } from '../diagnostic.ts';
import type { CommandGrammar, OptionGrammar } from '../grammar/grammar.ts';
import { commandGrammar, optionSet } from '../grammar/lookup.ts';
import { KICKSTART_VERSIONS, type KickstartVersion } from '../grammar/version.ts';
import { replacementFor, statusSince } from '../interpret/replacements.ts';
import type { CommandLine, Document } from '../syntax/tree.ts';

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

/** Explains the command on one line (from 1) of a document; undefined when there is no command. */
export function explain(document: Document, line: number, version: KickstartVersion): Explanation | undefined {
  const node = document.nodes.find((candidate) => {
    const own = candidate.span;
    return candidate.kind === 'command' && own.start.line <= line && line <= own.end.line;
  });
  return node?.kind === 'command' ? explainCommand(node, version) : undefined;
}

/** Explains a command line. */
export function explainCommand(node: CommandLine, version: KickstartVersion): Explanation {
  const grammar = commandGrammar(node.name, version);
  const isGoing = grammar !== undefined && grammar.status !== 'active';
  const advice = isGoing ? replacementFor(node.name)?.advice : undefined;
  const summary = SUMMARIES[modelName(node.name)];
  return {
    span: node.span,
    text: node.text.trim(),
    command: node.name,
    ...(summary === undefined ? {} : { summary }),
    status: grammar?.status ?? 'unknown',
    versions: versionsWith((candidate) => commandGrammar(node.name, candidate)?.status === 'active'),
    ...(isGoing ? { statusSince: statusSince(node.name, version).trim() } : {}),
    ...(advice === undefined ? {} : { advice }),
    ...(grammar?.repeat === undefined ? {} : { repeats: grammar.repeat === 'collect' ? 'adds up' : 'replaces' }),
    options: grammar === undefined ? [] : explainOptions(node, grammar),
  };
}

function explainOptions(node: CommandLine, grammar: CommandGrammar): ExplainedOption[] {
  const { uses } = parseArguments(node.args, optionSet(grammar), grammar.positionals);
  return uses.map(({ option, word, valueWord }) => {
    const equals = word.value.indexOf('=');
    const value = valueWord?.value ?? (equals < 0 ? undefined : word.value.slice(equals + 1));
    return {
      name: option.names[0] ?? '',
      ...(value === undefined ? {} : { value }),
      since: option.since,
      ...(option.deprecated === undefined ? {} : { deprecated: option.deprecated }),
      versions: versionsWith((candidate) => hasOption(node.name, option, candidate)),
    };
  });
}

function hasOption(command: string, option: OptionGrammar, version: KickstartVersion): boolean {
  const grammar = commandGrammar(command, version);
  return grammar !== undefined && optionSet(grammar).byName.has(option.names[0] ?? '');
}

function versionsWith(test: (version: KickstartVersion) => boolean): KickstartVersion[] {
  return KICKSTART_VERSIONS.filter(test);
}
