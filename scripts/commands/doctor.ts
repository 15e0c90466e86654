import { flag, type Values } from '../command-line/index.ts';
import { EnvironmentError, type ReportedError } from '../diagnostic/index.ts';
import { configurationFor, judgeRunners, RUNNERS, readMachineFacts } from '../engines/livemedia/index.ts';
import { list, resolveFlavour } from '../flavour/index.ts';
import { checkNamespaces, checkPrograms } from '../host/index.ts';
import { cleanLeftovers, findLeftovers, workRoot } from '../plan/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { privilegeOf } from '../process/index.ts';
import type { Context } from './context.ts';

/** Bases are read through a flavour; the smallest is on every one. */
const anyFlavour = 'nano';

export const name = 'doctor';
export const help = {
  summary: 'tell which engines can work on this machine, and what a build that was killed left behind',
  more: '`--clean` removes that',
};
export const flags = { clean: flag('remove that') };
export const startsPrograms = true;

/** Tells what this machine can build with, and what killed builds left; with `clean`, removes that. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  context.print(`direct engine: ${await directEngine(context)}`);
  for (const line of livemediaEngine(context)) context.print(line);
  const leftovers = findLeftovers(context.places.cache);
  if (leftovers.length === 0) return context.print('left by killed builds: nothing');
  if (options.clean !== true) {
    const found = leftovers.map(({ directory }) => `  ${directory}`);
    return context.print(['left by killed builds (`phyllome doctor --clean` removes it):', ...found].join('\n'));
  }
  for (const directory of await cleanLeftovers(context, leftovers)) context.print(`removed ${directory}`);
}

async function directEngine(context: Context): Promise<string> {
  const privilege = privilegeOf();
  try {
    checkPrograms({ root: privilege === 'root', makesToolsTree: true });
    await checkNamespaces(context.runner, privilege);
    return 'can work';
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return (error satisfies ReportedError).message;
  }
}

/** What each runner is judged as; a line for several releases where the same is so of them. */
function livemediaEngine({ places }: Pick<Context, 'places'>): string[] {
  const releases = fedoraReleases(places);
  const facts = readMachineFacts(workRoot(places.cache), releases.map(configurationFor));
  return RUNNERS.flatMap((id) => {
    const groups = new Map<string, string[]>();
    for (const release of releases) {
      const judged = judgeRunners({ output: 'iso', release }, facts).find(({ runner }) => runner.id === id);
      const words = judged?.reasons.join('; ') || 'can work';
      groups.set(words, [...(groups.get(words) ?? []), release]);
    }
    return [...groups].map(([words, of]) => `livemedia engine, runner ${id}, Fedora ${of.join(', ')}: ${words}`);
  });
}

/** Of the bases that there are, the user's own among them. */
function fedoraReleases(places: Context['places']): string[] {
  const directories = directoriesOf(places);
  const bases = list('base', directories).map(
    ({ name }) => resolveFlavour({ name: anyFlavour, base: name, directories }).flavour?.base,
  );
  return [...new Set(bases.flatMap((base) => (base?.family === 'rpm' ? [base.release] : [])))];
}
