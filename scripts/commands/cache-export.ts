import { carryOut } from '../cache/index.ts';
import { operand, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';

export const name = 'cache export';
export const help = {
  summary: 'write the cache into one file, for another machine',
  more: 'with owners and attributes of root trees, which a copy of the directory loses',
};
export const flags = { file: operand(text('file', 'files'), 'an archive (tar) to write') };
export const startsPrograms = true;

/** Writes the cache into an archive. */
export async function run({ file }: Values<typeof flags>, context: Context): Promise<void> {
  await carryOut(file, context);
  context.say(`written to ${file}`);
}
