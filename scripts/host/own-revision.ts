import { CommandNotFound, type Runner } from '../process/index.ts';

/**
 * The git revision of the checkout that this program runs from, with `-dirty` behind where something was changed.
 * Undefined where there is no git, or the checkout lies in somebody else's.
 * @param digits of the revision
 */
export async function ownRevision(
  checkout: string,
  digits: number,
  { runner, signal }: { readonly runner: Runner; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const git = async (...args: readonly string[]) => {
    const { stdout, exitCode } = await runner.run(
      { argv: ['git', '-C', checkout, ...args] },
      { allowFailure: true, signal },
    );
    return exitCode === 0 ? stdout.trim() : undefined;
  };
  try {
    if ((await git('rev-parse', '--show-cdup')) !== '') return undefined;
    return await git('describe', '--always', '--dirty', `--abbrev=${digits}`, '--exclude=*');
  } catch (error) {
    if (error instanceof CommandNotFound) return undefined;
    throw error;
  }
}
