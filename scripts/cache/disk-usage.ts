import type { Context } from '../context/index.ts';
import { inNamespaces, privilegeOf } from '../process/index.ts';

/**
 * What files and directories take on the disk, in bytes; a file with several names counts once. Asked within a user namespace, as root
 * trees have directories that only their own users may read.
 */
export async function diskUsage(
  files: readonly string[],
  { runner, signal }: Pick<Context, 'runner' | 'signal'>,
): Promise<ReadonlyMap<string, number>> {
  if (files.length === 0) return new Map();
  // `du` ends with 1 where a file went away while it looked, and has told all others.
  const { stdout } = await runner.run(
    {
      argv: inNamespaces(privilegeOf(), [
        'du',
        '--summarize',
        '--block-size=1',
        '--one-file-system',
        '--null',
        '--files0-from=-',
      ]),
      stdin: files.map((file) => `${file}\0`).join(''),
    },
    { allowFailure: true, signal },
  );
  return new Map(
    stdout
      .split('\0')
      .filter((line) => line.includes('\t'))
      .map((line) => {
        const tab = line.indexOf('\t');
        return [line.slice(tab + 1), Number(line.slice(0, tab))] as const;
      }),
  );
}
