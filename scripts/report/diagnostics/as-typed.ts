import { quoteForShell } from '../../diagnostic/index.ts';

/** How somebody started this program: what hints have to begin with so that they can be pasted. */
export interface Typed {
  /** `phyllome`, `npx phyllome`, or a path. */
  readonly program: string;
  /** Of `--dir`, in order, as they were given. */
  readonly directories: readonly string[];
}

const COMMAND = /(^[ ]*|`|: {2})phyllome ((?:[a-z<A-Z]|--dir[ =])[^`\n]*)/gm;
const NAMES_DIRECTORY = /--dir[ =]/;

/**
 * Commands of this program in a text that people read, with the name and the directories that it was started with; those that
 * name a directory themselves keep it.
 */
export function asTyped(text: string, { program, directories }: Typed): string {
  const dirs = directories.map((directory) => ` --dir ${quoteForShell(directory)}`).join('');
  // What a console said is evidence, and stays as it was.
  const [ours = '', ...consoles] = text.split(/(?=^ *last lines of the console)/m);
  return [
    ours.replace(
      COMMAND,
      (_, before: string, rest: string) => `${before}${program}${NAMES_DIRECTORY.test(rest) ? '' : dirs} ${rest}`,
    ),
    ...consoles,
  ].join('');
}

/** Under npx the name is npx's; ci/phyllome tells its own. */
export function typedProgram(env: NodeJS.ProcessEnv): string {
  return env.npm_command === 'exec' ? 'npx phyllome' : (env.PHYLLOME_AS ?? 'phyllome');
}
