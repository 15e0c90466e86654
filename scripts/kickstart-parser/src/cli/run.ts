import { printable } from '../report/printable.ts';
import { type CliOptions, readOptions } from './arguments.ts';
import { HELP, UsageError } from './usage.ts';

/** Each verb is loaded only when it runs, to keep the start short. */
const VERBS: Readonly<Record<string, () => Promise<(options: CliOptions) => number | Promise<number>>>> = {
  check: async () => (await import('./verbs/check.ts')).runCheck,
  fix: async () => (await import('./verbs/fix.ts')).runFix,
  flatten: async () => (await import('./verbs/flatten.ts')).runFlatten,
  format: async () => (await import('./verbs/format.ts')).runFormat,
  explain: async () => (await import('./verbs/explain.ts')).runExplain,
  diff: async () => (await import('./verbs/diff.ts')).runDiff,
};

/** Runs the command line given by its words; returns the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  try {
    return await dispatch(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`kickstart-parser: ${printable(error.message)}\nTry "kickstart-parser --help".\n`);
    return 2;
  }
}

async function dispatch(words: readonly string[]): Promise<number> {
  const [name = '--help', ...rest] = words;
  if (['--help', '-h', 'help'].includes(name) || rest.includes('--help')) {
    process.stdout.write(HELP);
    return words.length === 0 ? 2 : 0;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) throw new UsageError(`unknown command "${name}"; known are ${Object.keys(VERBS).join(', ')}`);
  return (await verb())(readOptions(rest));
}
