import { parseArguments } from '../arguments/parse-arguments.ts';
import type { AnyBehaviour } from '../commands/behaviour.ts';
import { BEHAVIOURS } from '../commands/registry.ts';
import { modelName } from '../commands/spelling.ts';
import type { CommandGrammar } from '../grammar/grammar.ts';
import { optionSet } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { CommandLine } from '../syntax/tree.ts';
import type { Word } from '../syntax/words.ts';
import { LineInput } from './command-input.ts';
import type { CommandState, StateEntry } from './command-state.ts';
import type { Findings } from './findings.ts';
import { hasConflict, knownGrammar } from './known-command.ts';
import { givenOptions, reportArgumentErrors, reportLeftovers, reportQuoting } from './report-arguments.ts';

/** Reads command lines into the state. A line with an error leaves the state as it was. */
export class CommandReader {
  readonly #version: KickstartVersion;
  readonly #state: CommandState;
  readonly #findings: Findings;

  constructor(version: KickstartVersion, state: CommandState, findings: Findings) {
    this.#version = version;
    this.#state = state;
    this.#findings = findings;
  }

  read(line: CommandLine): void {
    if (line.quotingError !== undefined) {
      reportQuoting(line, this.#findings);
      return;
    }
    const grammar = knownGrammar(line, this.#version, this.#findings);
    if (grammar === undefined || hasConflict(line, grammar, this.#state, this.#findings)) return;
    const behaviour = BEHAVIOURS[modelName(line.name)];
    if (grammar.status === 'active' && behaviour !== undefined) this.#readActive(line, grammar, behaviour);
    else this.#state.present.push({ name: line.name, span: line.span, given: [] });
  }

  #readActive(line: CommandLine, grammar: CommandGrammar, behaviour: AnyBehaviour): void {
    const input = this.#input(line, grammar, behaviour);
    if (input === undefined) return;
    behaviour.read?.(input);
    const values = input.merged();
    if (!input.isRejected) behaviour.check?.(values, input);
    if (input.isRejected) return;
    const before = this.#before(line, grammar);
    const entry = {
      values,
      command: line.name,
      span: line.span,
      spans: before?.spans ?? [],
      given: before?.given ?? [],
    };
    if (!this.#isUnique(behaviour, entry)) return;
    this.#remember(entry, input, grammar);
  }

  /** The line with its options parsed; undefined, with findings, when they are wrong. */
  #input(line: CommandLine, grammar: CommandGrammar, behaviour: AnyBehaviour): LineInput | undefined {
    // Some commands pass their line on to another program, whose options nobody here knows.
    const hasOptions = grammar.args !== 'raw' && grammar.args !== 'realm';
    const args = parseArguments(hasOptions ? line.args : [], optionSet(grammar), grammar.positionals);
    const leftovers = unusable(args.leftovers, behaviour);
    reportArgumentErrors(line, args, this.#findings);
    reportLeftovers(line, args, leftovers, grammar, this.#version, this.#findings);
    if (args.errors.length > 0 || leftovers.length > 0) return undefined;
    return new LineInput(line, this.#version, args, this.#before(line, grammar)?.values, this.#findings);
  }

  /** What earlier lines of a command that overwrites have said. */
  #before(line: CommandLine, grammar: CommandGrammar): StateEntry | undefined {
    return grammar.repeat === 'collect' ? undefined : this.#state.entries.get(modelName(line.name))?.[0];
  }

  /** Reports an entry for something another entry is for; false when that is refused. */
  #isUnique(behaviour: AnyBehaviour, entry: StateEntry): boolean {
    const key = behaviour.key?.(entry.values);
    if (key === undefined) return true;
    const name = modelName(entry.command);
    const id = `${name}\0${key}`;
    const first = this.#state.keys.get(id);
    if (first === undefined) {
      this.#state.keys.set(id, entry.span);
      return true;
    }
    const message = `A second "${name}" for ${key === '' ? 'the same thing' : key}`;
    const related = [{ message: 'The first one is here', span: first }];
    if (behaviour.refusesDuplicates === true) {
      this.#findings.error('command-rule', message, entry.span, { related });
      return false;
    }
    this.#findings.warn('duplicate-entry', message, entry.span, { related });
    return true;
  }

  #remember(entry: StateEntry, input: LineInput, grammar: CommandGrammar): void {
    const { command, span } = entry;
    const name = modelName(command);
    const given = givenOptions(input.args);
    entry.spans.push(span);
    for (const option of given) entry.given.push(option);
    this.#state.present.push({ name: command, span, given });
    if (!this.#state.firstSpan.has(name)) this.#state.firstSpan.set(name, span);
    if (grammar.repeat === 'collect') this.#state.collect(name, entry);
    else this.#state.overwrite(name, entry);
  }
}

/** The leftover words a command cannot make use of. */
function unusable(leftovers: readonly Word[], behaviour: AnyBehaviour): readonly Word[] {
  if (behaviour.leftovers === 'anything') return [];
  return behaviour.leftovers === 'words' ? leftovers.filter(({ value }) => value.startsWith('-')) : leftovers;
}
