import type { Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { list as entriesOf, isPast, listTopologies, neverAsked, notRead, todayAsDate } from '../flavour/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import { directoriesOf } from '../prepare/index.ts';

export const name = 'list';
export const help = { summary: 'list flavours, bases, hardware profiles, components and topologies' };
export const flags = {};

/** Names and one-line descriptions of what can be built, and of what from. */
export function run(_: Values<typeof flags>, context: ReadingContext): void {
  const directories = directoriesOf(context.places);
  const unasked = neverAsked(directories);
  for (const [title, entries, kind] of [
    ['Flavours', entriesOf('flavour', directories)],
    ['Bases', entriesOf('base', directories)],
    ['Hardware profiles', entriesOf('hardware', directories)],
    ['Components', entriesOf('component', directories), 'component'],
    ['Topologies: machines for `test --topology` and `run --topology`', listTopologies(directories)],
  ] as const) {
    if (entries.length === 0) continue;
    const width = Math.max(...entries.map((entry) => entry.name.length));
    const lines = entries.map(({ name, summary, file, of, endOfLife }) => {
      const own = of === undefined && isOwn(file, directories) ? ` (${file})` : '';
      const idle = kind === 'component' && unasked.has(name) ? ' (in no flavour)' : '';
      return `  ${name.padEnd(width)}  ${summary ?? 'cannot be read'}${own}${idle}${updatesUntil(endOfLife)}`;
    });
    context.print(`${title}\n${lines.join('\n')}\n`);
  }
  tellNotRead(context, directories);
}

function updatesUntil(endOfLife: string | undefined): string {
  if (endOfLife === undefined) return '';
  return isPast(endOfLife, todayAsDate())
    ? ` (past its end: no security updates since ${endOfLife})`
    : ` (security updates until ${endOfLife})`;
}

/** What somebody may wonder about: it lies there, and is not listed. */
function tellNotRead(context: ReadingContext, directories: readonly SourceDirectory[]): void {
  for (const { file, why } of notRead(directories)) context.say(`not read: ${file} (${why})`);
}

function isOwn(file: string, directories: readonly SourceDirectory[]): boolean {
  return directories.some(({ label }) => label !== '' && file.startsWith(`${label}/`));
}
