import type { Step } from '../../../plan/index.ts';
import { lookedAt, noteFacts } from '../../anaconda/index.ts';
import type { CreatorPaths, CreatorRequest } from '../creator-arguments.ts';
import { outputKinds } from '../output.ts';
import type { CreatorRunner, CreatorRunnerRequest } from '../runners/runner.ts';
import { openImage } from './open-image.ts';

/** Name of the directory of facts, below the logs: those are brought out of every place in which the build runs. */
export const factsName = 'image';

/**
 * Looks at the image itself where it was made, by the programs that are there anyhow: what Anaconda does to it is not assumed
 * from the kickstart. An image that cannot be looked at is there all the same.
 */
export function lookStep(
  runner: CreatorRunner,
  at: CreatorRunnerRequest,
  { output, name }: CreatorRequest,
  paths: CreatorPaths,
): Step {
  const script = [
    'umask 022; export LC_ALL=C',
    'result=$1 facts=$2 work=$3 image=$4 kickstart=$5 tree=$3/tree wanted=$3/wanted',
    'rm -rf "$work"; mkdir -p "$facts" "$tree"',
    `{ printf '%s\\n' ${lookedAt.join(' ')}; sed -n 's/^put \\/\\([^ '"'"'"]*\\) .*/\\1/p' "$kickstart"; } > "$wanted"`,
    'leave() { umount "$tree" 2> /dev/null || :; }',
    'trap leave EXIT',
    openImage[output],
    noteFacts,
    'cd /',
  ].join('\n');
  const file = outputKinds[output].results(name)[0] ?? '';
  return {
    id: 'look',
    title: 'Looking at what is in the image',
    argv: runner.inside(at, [
      'sh',
      '-euc',
      script,
      'look',
      paths.result,
      `${paths.logs}/${factsName}`,
      `${paths.temporary}/look`,
      file,
      paths.kickstart,
    ]),
    needs: ['root', 'loop-devices'],
    onFailure: 'warn',
  };
}
