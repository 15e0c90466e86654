import { flag, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import type { Judgement } from '../engines/engine/index.ts';
import { engines } from '../engines/index.ts';
import { diskResource, freeBytes, kvmResource, memoryResource, type Resource } from '../host/index.ts';
import { usualMemoryMiB } from '../lab/index.ts';
import { cleanLeftovers, findLeftovers } from '../plan/index.ts';

export const name = 'doctor';
export const help = {
  summary: 'tell what works on this machine, what it has of KVM, disk and memory, and what a killed build left behind',
  more: '`--clean` removes that',
};
export const flags = { clean: flag('remove that') };
export const startsPrograms = true;

/** Tells what this machine can build with, and what killed builds left; with `clean`, removes that. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { cache, out } = context.places;
  const judged = await Promise.all(engines.map(async (leaf) => (await (await leaf.load()).judge?.(context)) ?? []));
  const disks =
    freeBytes(cache) === freeBytes(out) ? [diskResource(cache)] : [cache, out].map((each) => diskResource(each));
  for (const line of verdict(judged.flat(), [kvmResource(), ...disks, memoryResource(usualMemoryMiB)])) {
    context.print(line);
  }
  const leftovers = findLeftovers(context.places.cache);
  if (leftovers.length === 0) return context.print('left by killed builds: nothing');
  if (options.clean !== true) {
    const found = leftovers.map(({ directory }) => `  ${directory}`);
    return context.print(['left by killed builds (`phyllome doctor --clean` removes it):', ...found].join('\n'));
  }
  for (const directory of await cleanLeftovers(context, leftovers)) context.print(`removed ${directory}`);
}

/** What works comes first: somebody who can build reads no further. */
export function verdict(judged: readonly Judgement[], resources: readonly Resource[]): readonly string[] {
  const able = judged.filter(({ obstacle }) => obstacle === undefined);
  const rows: readonly (readonly [word: string, what: string, words: string, advice?: string | undefined])[] = [
    ...able.map(({ what }) => ['works', what, 'can build here'] as const),
    ...resources.map(
      ({ name, words, isEnough, advice }) => [isEnough ? 'fine' : 'little', name, words, advice] as const,
    ),
    ...judged.flatMap(({ what, obstacle, advice }) =>
      obstacle === undefined ? [] : [['not here', what, obstacle, advice] as const],
    ),
  ];
  return rows.flatMap(([word, what, words, advice]) => [
    `${word.padEnd(8)}  ${what}: ${words}`,
    ...(advice === undefined ? [] : [`${''.padEnd(8)}    > ${advice}`]),
  ]);
}
