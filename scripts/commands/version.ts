import type { Context } from '../context/index.ts';
import { programVersion } from '../places/index.ts';
import { CommandNotFound } from '../process/index.ts';

/** `0.1.0`, as package.json has it; in a git checkout also its revision: `0.1.0 (git 7e3685942f7a, with changes)`. */
export async function version(context: Context): Promise<string> {
  const number = programVersion(context.places.checkout);
  const revision = await revisionOf(context);
  return revision === undefined ? number : `${number} (git ${revision.replace(/-dirty$/, ', with changes')})`;
}

/** Undefined where there is no git, or the checkout lies in somebody else's. */
async function revisionOf({ places, runner, signal }: Context): Promise<string | undefined> {
  const git = async (...args: readonly string[]) => {
    const argv = ['git', '-C', places.checkout, ...args] as const;
    const { stdout, exitCode } = await runner.run({ argv: [...argv] }, { allowFailure: true, signal });
    return exitCode === 0 ? stdout.trim() : undefined;
  };
  try {
    if ((await git('rev-parse', '--show-cdup')) !== '') return undefined;
    return await git('describe', '--always', '--dirty', '--abbrev=12', '--exclude=*');
  } catch (error) {
    if (error instanceof CommandNotFound) return undefined;
    throw error;
  }
}
