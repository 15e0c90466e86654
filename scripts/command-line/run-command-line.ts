import { CommanderError } from 'commander';
import { printable } from 'kickstart-parser/report';
import type { Context } from '../context/index.ts';
import type { AllVerbs, Declaration } from './declaration.ts';
import { programOf } from './program.ts';
import { optionName } from './spelling.ts';
import type { Surroundings, Verbs } from './verb.ts';

export interface CommandLine extends AllVerbs {
  readonly verbs: Verbs;
  readonly surroundings: (userDirectories: readonly string[]) => Surroundings;
  readonly version: (context: Context) => Promise<string>;
}

/**
 * Runs the verb that `argv` asks for; its file alone is loaded. Without one, tells what there is.
 * @throws CommanderError when `argv` is not as declared, or help was asked for and told
 * @throws UsageError for a value that the verb's declaration does not allow
 */
export async function runCommandLine(argv: readonly string[], commandLine: CommandLine): Promise<void> {
  const { verbs, groups, declarations, surroundings, version } = commandLine;
  if (beforeDashes(argv).includes('--version')) {
    const context = await surroundings([]).running();
    return context.print(`phyllome ${await version(context)}`);
  }
  const words = wordsOf(argv);
  const name = Object.keys(verbs).find((verb) => verb === words[0] || verb === words.slice(0, 2).join(' '));
  const loaded = name === undefined ? undefined : await verbs[name]?.();
  const declared = loaded ? [loaded.declaration] : await declarations();
  const program = programOf(declared, groups, async (verb, given, userDirectories) => {
    const asked = loaded ?? (await verbs[verb]?.());
    await asked?.run(given, surroundings(userDirectories), { declarations, groups });
  });
  // Commander tells help before it looks whether there is such a verb.
  const unknown = loaded ? [] : unknownVerb(words, Object.keys(verbs));
  try {
    await program.parseAsync(unknown.length > 0 ? unknown : [...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.unknownOption')
      process.stderr.write(printable(whoWould(error.message, await declarations())));
    throw error;
  }
}

/** Which verbs have an option that another one does not know; nothing where none has it. */
function whoWould(message: string, declarations: readonly Declaration[]): string {
  const option = /'(--[\w-]+)/.exec(message)?.[1];
  const would = declarations
    .filter(({ flags }) => Object.entries(flags).some(([key, flag]) => !flag.operand && optionName(key) === option))
    .map(({ name }) => name);
  return would.length === 0 ? '' : `(${would.join(', ')} would)\n`;
}

/** After `--` there are operands only. */
function beforeDashes(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--');
  return dashes < 0 ? argv : argv.slice(0, dashes);
}

/** What is no option, and not the value of `--dir`: the verb comes first. */
function wordsOf(argv: readonly string[]): readonly string[] {
  return beforeDashes(argv).filter((word, index, all) => !word.startsWith('-') && all[index - 1] !== '--dir');
}

/** The first words of a command line that name no verb and no group of them; none where they do. */
function unknownVerb(words: readonly string[], verbs: readonly string[]): string[] {
  const [first, second] = words[0] === 'help' ? words.slice(1) : words;
  if (first === undefined) return [];
  const alike = verbs.map((verb) => verb.split(' ')).filter(([word]) => word === first);
  if (alike.length === 0) return [first];
  const isGroup = alike.every(([, word]) => word !== undefined);
  return isGroup && second !== undefined && !alike.some(([, word]) => word === second) ? [first, second] : [];
}
