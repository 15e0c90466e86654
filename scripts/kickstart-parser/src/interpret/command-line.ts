import { type ParsedArguments, parseArguments } from '../arguments/parse-arguments.ts';
import type { AnyBehaviour, CommandInput } from '../commands/behaviour.ts';
import { BEHAVIOURS } from '../commands/registry.ts';
import { modelName } from '../commands/spelling.ts';
import type { Span } from '../diagnostic.ts';
import type { CommandGrammar } from '../grammar/grammar.ts';
import { commandGrammar, commandNames, optionSet } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { GivenOption } from '../model/entry.ts';
import type { CommandLine } from '../syntax/tree.ts';
import { Word } from '../syntax/words.ts';
import type { CommandState, StateEntry } from './command-state.ts';
import type { Findings } from './findings.ts';
import { replacementHint } from './replacements.ts';
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
  const word = line.words[0];
  const span = word?.span ?? line.span;
  const grammar = commandGrammar(line.name, version);
  if (grammar === undefined) {
    const names = commandNames(version);
    const guess = closest(line.name.toLowerCase(), names);
    findings.error('unknown-command', `${version} has no command "${line.name}"`, span, {
      hint: guess === undefined ? undefined : `Did you mean "${guess}"?`,
      fix: guess === undefined ? undefined : { title: `Replace by ${guess}`, edits: [{ span, text: guess }] },
    });
  } else if (grammar.status === 'removed') {
    findings.error('removed-command', `${version} no longer has the command "${line.name}"`, span, {
      hint: replacementHint(line.name, version),
    });
    return undefined;
  } else if (grammar.status === 'deprecated' || grammar.deprecated === true) {
    const effect = grammar.status === 'deprecated' ? ' and has no effect' : '';
    findings.warn('deprecated-command', `"${line.name}" is deprecated in ${version}${effect}`, span, {
      hint: replacementHint(line.name, version),
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
  reportArgumentErrors(line, grammar, args, version, findings);
  let isRejected = findings.list.slice(errorsBefore).some((finding) => finding.severity === 'error');
  if (isRejected) return;
  const name = modelName(line.name);
  const earlier = state.entries.get(name) ?? [];
  const unset: string[] = [];
  const input = commandInput(line, version, grammar, args, {
    earlier: earlier.map((entry) => entry.values),
    unset: (field) => unset.push(field),
    report(message, span) {
      isRejected = true;
      findings.error('command-rule', message, span);
    },
  });
  behaviour.read?.(input);
  if (grammar.args !== 'known' && args.leftovers.length > 0) {
    reportLeftovers(args.leftovers, grammar, version, findings);
    return;
  }
  const entry = mergedEntry(line, input, grammar.repeat === 'collect' ? undefined : earlier[0], unset);
  if (!isRejected) behaviour.check?.(entry.values, input);
  if (isRejected) return;
  state.present.push({ name: line.name, span: line.span, given: givenOptions(args) });
  if (!state.firstSpan.has(name)) state.firstSpan.set(name, line.span);
  if (grammar.repeat === 'collect') {
    warnOfDuplicate(name, behaviour.key?.(entry.values), line, state, findings);
    state.collect(name, entry);
  } else {
    state.overwrite(name, entry);
  }
}

function mergedEntry(
  line: CommandLine,
  input: CommandInput,
  before: StateEntry | undefined,
  unset: readonly string[],
): StateEntry {
  const kept = Object.entries(before?.values ?? {}).filter(([field]) => !unset.includes(field));
  return {
    values: before === undefined ? input.values : { ...Object.fromEntries(kept), ...input.values },
    command: line.name,
    span: line.span,
    spans: [...(before?.spans ?? []), line.span],
    given: [...(before?.given ?? []), ...givenOptions(input.args)],
  };
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
  effects: Pick<CommandInput, 'earlier' | 'unset'> & { readonly report: (message: string, span: Span) => void },
): CommandInput {
  return {
    line,
    version,
    grammar,
    args,
    values: args.values,
    earlier: effects.earlier,
    unset: effects.unset,
    isGiven: (field) => args.uses.some((use) => use.option.field === field),
    words: (name) => (args.positionals[name] ?? []).map((word) => word.value),
    reject: (message, at) => {
      const word = at instanceof Word ? at : args.uses.find((use) => use.option.field === at)?.word;
      effects.report(message, word?.span ?? line.span);
    },
  };
}

function warnOfDuplicate(
  name: string,
  key: string | undefined,
  line: CommandLine,
  state: CommandState,
  findings: Findings,
): void {
  if (key === undefined) return;
  const id = `${name}\0${key}`;
  const first = state.keys.get(id);
  if (first === undefined) {
    state.keys.set(id, line.span);
    return;
  }
  findings.warn('duplicate-entry', `A second "${name}" for ${key === '' ? 'the same thing' : key}`, line.span, {
    related: [{ message: 'The first one is here', span: first }],
  });
}
