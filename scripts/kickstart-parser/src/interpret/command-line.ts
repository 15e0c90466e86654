import { type ParsedArguments, parseArguments } from '../arguments/parse-arguments.ts';
import type { AnyBehaviour, CommandInput } from '../commands/behaviour.ts';
import { BEHAVIOURS } from '../commands/registry.ts';
import { modelName } from '../commands/spelling.ts';
import type { Span } from '../diagnostic.ts';
import type { CommandGrammar } from '../grammar/grammar.ts';
import { commandGrammar, optionSet, workingCommands } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { GivenOption } from '../model/entry.ts';
import type { CommandLine } from '../syntax/tree.ts';
import { Word } from '../syntax/words.ts';
import type { CommandState, StateEntry } from './command-state.ts';
import type { Findings } from './findings.ts';
import { replacementFor, statusSince } from './replacements.ts';
import { reportArgumentErrors, reportLeftovers } from './report-arguments.ts';
import { closest } from './suggest.ts';

/** Reads one command line into the state. A line with an error leaves the state as it was. */
export function readCommandLine(
  line: CommandLine,
  version: KickstartVersion,
  state: CommandState,
  findings: Findings,
): void {
  const grammar = line.quotingError === undefined ? knownGrammar(line, version, findings) : undefined;
  if (line.quotingError !== undefined) reportQuoting(line, findings);
  if (grammar === undefined || !isFreeOfConflicts(line, grammar, state, findings)) return;
  const behaviour = BEHAVIOURS[modelName(line.name)];
  if (grammar.status === 'deprecated' || behaviour === undefined) {
    state.present.push({ name: line.name, span: line.span, given: [] });
    return;
  }
  readActive(line, version, grammar, behaviour, state, findings);
}

/** Reports a quote that is never closed. */
export function reportQuoting(line: { quotingSpan: Span | undefined; span: Span }, findings: Findings): void {
  findings.error('quoting', 'This quote or backslash is never closed', line.quotingSpan ?? line.span, {
    hint: 'A kickstart line ends at its line break: close the quote on the same line.',
  });
}

function knownGrammar(line: CommandLine, version: KickstartVersion, findings: Findings): CommandGrammar | undefined {
  const span = line.words[0]?.span ?? line.span;
  const since = statusSince(line.name, version);
  const grammar = commandGrammar(line.name, version);
  if (grammar === undefined) {
    const guess = closest(line.name.toLowerCase(), workingCommands(version));
    findings.error('unknown-command', `${version} has no command "${line.name}"`, span, {
      hint: guess === undefined ? undefined : `Did you mean "${guess}"?`,
      fix: guess === undefined ? undefined : { title: `Replace by ${guess}`, edits: [{ span, text: guess }] },
    });
  } else if (grammar.status === 'removed') {
    findings.error('removed-command', `"${line.name}" is gone${since}`, span, {
      hint: replacementFor(line.name),
    });
    return undefined;
  } else if (grammar.status === 'deprecated' || grammar.deprecated === true) {
    const effect = grammar.status === 'deprecated' ? ' and has no effect' : '';
    findings.warn('deprecated-command', `"${line.name}" is deprecated${since}${effect}`, span, {
      hint: replacementFor(line.name),
    });
  }
  return grammar;
}

function isFreeOfConflicts(
  line: CommandLine,
  grammar: CommandGrammar,
  state: CommandState,
  findings: Findings,
): boolean {
  for (const other of grammar.conflicts ?? []) {
    const span = state.firstSpan.get(modelName(other));
    if (span === undefined) continue;
    findings.error('conflicting-commands', `"${line.name}" and "${other}" exclude each other`, line.span, {
      related: [{ message: `"${other}" stands here`, span }],
    });
    return false;
  }
  return true;
}

function readActive(
  line: CommandLine,
  version: KickstartVersion,
  grammar: CommandGrammar,
  behaviour: AnyBehaviour,
  state: CommandState,
  findings: Findings,
): void {
  const hasOptions = grammar.args === 'strict' || grammar.args === 'known' || grammar.args === 'none';
  const args = parseArguments(hasOptions ? line.args : [], optionSet(grammar), grammar.positionals);
  const errorsBefore = findings.list.length;
  reportArgumentErrors(line, args, findings);
  reportLeftovers(unusable(args.leftovers, behaviour), grammar, version, findings);
  let isRejected = findings.list.slice(errorsBefore).some((finding) => finding.severity === 'error');
  if (isRejected) return;
  const name = modelName(line.name);
  const before = grammar.repeat === 'collect' ? undefined : state.entries.get(name)?.[0];
  const unset: string[] = [];
  const input = commandInput(line, version, grammar, args, {
    before: before?.values,
    unset: (field) => unset.push(field),
    report(message, span) {
      isRejected = true;
      findings.error('command-rule', message, span);
    },
  });
  behaviour.read?.(input);
  const entry = mergedEntry(line, input, before, unset);
  if (!isRejected) behaviour.check?.(entry.values, input);
  if (isRejected) return;
  if (!isUnique(name, behaviour, entry, state, findings)) return;
  const given = givenOptions(args);
  entry.spans.push(entry.span);
  entry.given.push(...given);
  state.present.push({ name: line.name, span: entry.span, given });
  if (!state.firstSpan.has(name)) state.firstSpan.set(name, entry.span);
  if (grammar.repeat === 'collect') state.collect(name, entry);
  else state.overwrite(name, entry);
}

/** The leftover words a command cannot make use of. */
function unusable(leftovers: readonly Word[], behaviour: AnyBehaviour): readonly Word[] {
  if (behaviour.leftovers === 'anything') return [];
  return behaviour.leftovers === 'words' ? leftovers.filter(({ value }) => value.startsWith('-')) : leftovers;
}

/** The entry a line makes, together with what earlier lines said. Nothing of `before` changes yet. */
function mergedEntry(
  line: CommandLine,
  input: CommandInput,
  before: StateEntry | undefined,
  unset: readonly string[],
): StateEntry {
  const values = before === undefined ? input.values : { ...before.values, ...input.values };
  for (const field of unset) {
    if (!(field in input.values)) delete values[field];
  }
  return { values, command: line.name, span: line.span, spans: before?.spans ?? [], given: before?.given ?? [] };
}

/** The options a line names, with their full names. */
export function givenOptions(args: ParsedArguments): GivenOption[] {
  return args.uses.map(({ option, word }) => ({ name: option.names[0] ?? '', field: option.field, span: word.span }));
}

function commandInput(
  line: CommandLine,
  version: KickstartVersion,
  grammar: CommandGrammar,
  args: ParsedArguments,
  effects: Pick<CommandInput, 'before' | 'unset'> & { readonly report: (message: string, span: Span) => void },
): CommandInput {
  return {
    line,
    version,
    grammar,
    args,
    values: args.values,
    before: effects.before,
    unset: effects.unset,
    isGiven: (field) => args.uses.some((use) => use.option.field === field),
    words: (name) => (args.positionals[name] ?? []).map((word) => word.value),
    reject: (message, at) => {
      const word = at instanceof Word ? at : args.uses.find((use) => use.option.field === at)?.word;
      effects.report(message, word?.span ?? line.span);
    },
  };
}

/** Reports an entry for something another entry is for; false when that is refused. */
function isUnique(
  name: string,
  behaviour: AnyBehaviour,
  entry: StateEntry,
  state: CommandState,
  findings: Findings,
): boolean {
  const key = behaviour.key?.(entry.values);
  if (key === undefined) return true;
  const id = `${name}\0${key}`;
  const first = state.keys.get(id);
  if (first === undefined) {
    state.keys.set(id, entry.span);
    return true;
  }
  const message = `A second "${name}" for ${key === '' ? 'the same thing' : key}`;
  const related = [{ message: 'The first one is here', span: first }];
  if (behaviour.refusesDuplicates === true) findings.error('command-rule', message, entry.span, { related });
  else findings.warn('duplicate-entry', message, entry.span, { related });
  return behaviour.refusesDuplicates !== true;
}
