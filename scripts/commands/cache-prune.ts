import { byteSize, pruneCache, prunedInText } from '../cache/index.ts';
import { option, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';

export const name = 'cache prune';
export const help = {
  summary: 'make the cache smaller',
  more: 'first goes what no build needs any more, then what was used longest ago; nothing while a build runs',
};
export const flags = { max: option(byteSize, 'what it may take: 4GiB, 800MiB') };
export const startsPrograms = true;

/**
 * Removes of the cache what is over the limit.
 * @throws UsageError without a limit, EnvironmentError while a build runs
 */
export async function run({ max }: Values<typeof flags>, context: Context): Promise<void> {
  if (max === undefined) {
    throw new UsageError({
      code: 'usage',
      severity: 'error',
      message: 'how large may the cache be? say --max',
      hint: 'phyllome cache prune --max 4GiB',
    });
  }
  context.print(prunedInText(await pruneCache(max, context), max));
}
