import { parseArguments } from '../arguments/parse-arguments.ts';
import { modelName } from '../commands/spelling.ts';
import { SUMMARIES } from '../commands/summaries.ts';
import type { CommandGrammar } from '../grammar/grammar.ts';
import { commandGrammar, optionSet } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import { replacementFor, statusSince } from '../interpret/replacements.ts';
import type { CommandLine, Document, IgnoredLine, IncludeLine, StrayDirective } from '../syntax/tree.ts';
import { explainSectionLine } from './explain-section.ts';
import {
  type ExplainedOption,
  type Explanation,
  explainUses,
  hasOption,
  simpleExplanation,
  versionsWith,
} from './explanation.ts';

/** Explains one line (from 1) of a document; undefined for blank lines and comments. */
export function explain(document: Document, line: number, version: KickstartVersion): Explanation | undefined {
  const { starts, ends } = document.source.lines;
  const start = starts[line - 1];
  const node = document.nodes.find(
    (candidate) => start !== undefined && start >= candidate.start && start < candidate.end,
  );
  if (start === undefined || node === undefined || node.kind === 'blank' || node.kind === 'comment') return undefined;
  if (node.kind === 'command') return explainCommand(node, version);
  if (node.kind === 'section') return explainSectionLine(document, node, start, version);
  const span = document.source.span(start, ends[line - 1] ?? start);
  return simpleExplanation(span, node.text, node.words[0]?.value ?? '', directiveSummary(node));
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
    options: grammar === undefined ? [] : explainCommandOptions(node, grammar),
  };
}

function explainCommandOptions(node: CommandLine, grammar: CommandGrammar): ExplainedOption[] {
  const { uses } = parseArguments(node.args, optionSet(grammar), grammar.positionals);
  return explainUses(uses, (option, version) => hasOption(commandGrammar(node.name, version), option));
}

function directiveSummary(node: IncludeLine | IgnoredLine | StrayDirective): string {
  if (node.kind === 'include')
    return `Stands for the lines of ${node.path === '' ? 'a file that is not named' : node.path}.`;
  return node.kind === 'ignored' ? 'The installer ignores this line.' : 'This opens or closes no section.';
}
