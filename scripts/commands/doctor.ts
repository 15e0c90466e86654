import { flag, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { engines } from '../engines/index.ts';
import { cleanLeftovers, findLeftovers } from '../plan/index.ts';

export const name = 'doctor';
export const help = {
  summary: 'tell which engines can work on this machine, and what a build that was killed left behind',
  more: '`--clean` removes that',
};
export const flags = { clean: flag('remove that') };
export const startsPrograms = true;

/** Tells what this machine can build with, and what killed builds left; with `clean`, removes that. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  for (const leaf of engines) {
    const engine = await leaf.load();
    for (const line of (await engine.judge?.(context)) ?? []) context.print(line);
  }
  const leftovers = findLeftovers(context.places.cache);
  if (leftovers.length === 0) return context.print('left by killed builds: nothing');
  if (options.clean !== true) {
    const found = leftovers.map(({ directory }) => `  ${directory}`);
    return context.print(['left by killed builds (`phyllome doctor --clean` removes it):', ...found].join('\n'));
  }
  for (const directory of await cleanLeftovers(context, leftovers)) context.print(`removed ${directory}`);
}
