import { Command, Option } from 'commander';
import { printable } from 'kickstart-parser/report';
import type { AllVerbs, Declaration, Parameter } from './declaration.ts';
import { flag, option } from './parameters.ts';
import type { GivenToVerb } from './read-values.ts';
import { operandInWords, optionInWords, optionName } from './spelling.ts';
import { text } from './value.ts';

/** Options that every verb has. */
export const everywhere = {
  dir: option(
    text('dir', 'directories'),
    'your own flavours, bases, overlays and topologies; may be repeated (also: PHYLLOME_DIR)',
  ),
  version: flag('print the version, and of which git revision it is'),
};

/** What is done for the verb that was typed. */
type Ask = (verb: string, given: GivenToVerb, userDirectories: readonly string[]) => Promise<void>;

/** The command line of verbs of one word and of two. */
export function programOf(declarations: readonly Declaration[], groups: AllVerbs['groups'], ask: Ask): Command {
  const program = new Command('phyllome')
    .description('Builds and boot-tests Phyllome OS images.')
    .option('--dir <dir>', everywhere.dir.help, append, [])
    .option('--version', everywhere.version.help)
    .exitOverride()
    // What was typed stands in it.
    .configureOutput({ writeErr: (text) => void process.stderr.write(printable(text)) })
    .showSuggestionAfterError();
  for (const declaration of declarations) {
    const [first = '', second] = declaration.name.split(' ');
    const command =
      second === undefined
        ? program.command(first, { hidden: declaration.help.hidden === true })
        : groupOf(program, first, groups).command(second);
    addVerb(command, declaration, (given) => ask(declaration.name, given, program.opts<{ dir: string[] }>().dir));
  }
  return program;
}

function groupOf(program: Command, name: string, groups: AllVerbs['groups']): Command {
  const existing = program.commands.find((command) => command.name() === name);
  return existing ?? program.command(name).description(groups[name] ?? '');
}

function addVerb(command: Command, declaration: Declaration, ask: (given: GivenToVerb) => Promise<void>): void {
  const { help, flags } = declaration;
  command.summary(help.summary).description(descriptionOf(declaration));
  for (const [key, parameter] of Object.entries(flags)) {
    if (parameter.operand) command.argument(operandInWords(parameter), parameter.help);
    else for (const one of commanderOptions(key, parameter)) command.addOption(one);
  }
  command.action(() => {
    // What is usual is told by help only: a verb knows what was asked for.
    const typed = Object.entries(command.opts()).filter(([key]) => command.getOptionValueSource(key) === 'cli');
    return ask({ operands: command.processedArgs, options: Object.fromEntries(typed) });
  });
}

/** Both sentences that are said of a verb. */
export function descriptionOf({ help: { summary, more } }: Pick<Declaration, 'help'>): string {
  return more === undefined ? summary : `${summary}; ${more}`;
}

function commanderOptions(key: string, parameter: Parameter<unknown>): Option[] {
  const on = new Option(optionInWords(key, parameter), parameter.help);
  if (parameter.usually !== undefined) on.default(parameter.usually);
  if (parameter.listed)
    on.argParser((value: string, before: unknown) => append(value, Array.isArray(before) ? before : []));
  if (parameter.offHelp === undefined) return [on];
  return [on, new Option(optionName(key).replace(/^--/, '--no-'), parameter.offHelp)];
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
