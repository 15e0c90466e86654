import type { OptionValue, ParsedArguments } from '../arguments/parse-arguments.ts';
import type { CommandInput, Values } from '../commands/behaviour.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { CommandLine } from '../syntax/tree.ts';
import { Word } from '../syntax/words.ts';
import type { Findings } from './findings.ts';

/** A command line as the behaviour of its command sees it; notes what the behaviour decides. */
export class LineInput implements CommandInput {
  readonly line: CommandLine;
  readonly version: KickstartVersion;
  readonly args: ParsedArguments;
  readonly before: Values | undefined;
  isRejected = false;
  readonly #unset: string[] = [];
  readonly #findings: Findings;

  constructor(
    line: CommandLine,
    version: KickstartVersion,
    args: ParsedArguments,
    before: Values | undefined,
    findings: Findings,
  ) {
    this.line = line;
    this.version = version;
    this.args = args;
    this.before = before;
    this.#findings = findings;
  }

  get values(): Record<string, OptionValue> {
    return this.args.values;
  }

  isGiven(field: string): boolean {
    return this.args.uses.some((use) => use.option.field === field);
  }

  words(name: string): readonly string[] {
    return (this.args.positionals[name] ?? []).map((word) => word.value);
  }

  unset(field: string): void {
    this.#unset.push(field);
  }

  reject(message: string, at?: string | Word): void {
    const word = at instanceof Word ? at : this.args.uses.find((use) => use.option.field === at)?.word;
    this.isRejected = true;
    this.#findings.error('command-rule', message, word?.span ?? this.line.span);
  }

  /** What earlier lines and this one say together. */
  merged(): Values {
    if (this.before === undefined) return this.values;
    const values = { ...this.before, ...this.values };
    for (const field of this.#unset) {
      if (!(field in this.values)) delete values[field];
    }
    return values;
  }
}
