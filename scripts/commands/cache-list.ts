import { entriesInText, listCache } from '../cache/index.ts';
import { flag, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';

export const name = 'cache list';
export const help = { summary: 'tell what is in the cache, what it takes on the disk, and which builds use it' };
export const flags = {
  all: flag('each package and index, too'),
  json: flag('for programs: every entry, sizes in bytes'),
};
export const startsPrograms = true;

/** Prints what the cache holds. */
export async function run({ all, json }: Values<typeof flags>, context: Context): Promise<void> {
  const listing = await listCache(context);
  context.print(
    json === true ? JSON.stringify(listing, null, 2) : entriesInText(listing, context.places.cache, all === true),
  );
}
