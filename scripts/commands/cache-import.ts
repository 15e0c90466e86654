import { carryIn } from '../cache/index.ts';
import { operand, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';

export const name = 'cache import';
export const help = {
  summary: 'take what `cache export` wrote into the cache',
  more: 'what is there already stays; images are made of what is in it, so it is to be one that you trust',
};
export const flags = { file: operand(text('file', 'files'), 'what `cache export` wrote') };
export const startsPrograms = true;

/** Takes the content of an archive into the cache. */
export async function run({ file }: Values<typeof flags>, context: Context): Promise<void> {
  const taken = await carryIn(file, context);
  context.say(taken.length === 0 ? 'the cache had all of it' : `taken: ${taken.join(', ')}`);
}
