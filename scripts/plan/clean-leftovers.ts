import { CommandFailed, CommandNotFound, removalOf } from '../process/index.ts';
import type { PlanHost } from './execution.ts';
import { findLeftovers, type Leftover } from './work-directory.ts';

/** Removes what killed builds left: their containers and chroots, loop devices, locks and work directories. Answers what it found. */
export async function cleanLeftovers(
  host: Pick<PlanHost, 'places' | 'runner'>,
  leftovers: readonly Leftover[] = findLeftovers(host.places.cache),
): Promise<readonly string[]> {
  for (const { directory, steps } of leftovers) {
    for (const step of steps) await tryRun(host, step.argv);
    await tryRun(host, removalOf([directory]));
  }
  return leftovers.map(({ directory }) => directory);
}

/** A program that is gone, or finds nothing to remove, is no reason to leave the rest. */
async function tryRun({ runner }: Pick<PlanHost, 'runner'>, argv: readonly [string, ...string[]]): Promise<void> {
  try {
    await runner.run({ argv }, { allowFailure: true });
  } catch (error) {
    if (!(error instanceof CommandFailed || error instanceof CommandNotFound)) throw error;
  }
}
