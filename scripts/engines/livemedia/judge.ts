import type { Context } from '../../context/index.ts';
import { list, resolveFlavour } from '../../flavour/index.ts';
import { workRoot } from '../../plan/index.ts';
import { directoriesOf } from '../../prepare/index.ts';
import type { Judgement } from '../engine/index.ts';
import { judgeRunners } from './choose-runner.ts';
import { readMachineFacts } from './machine-facts.ts';
import { configurationFor } from './runners/mock.ts';
import { RUNNERS } from './runners/runner.ts';

/** Bases are read through a flavour; the smallest is on every one. */
const anyFlavour = 'nano';

/** What each runner is judged as; a line for several releases where the same is so of them. */
export async function judge({ places }: Pick<Context, 'places'>): Promise<readonly Judgement[]> {
  const releases = fedoraReleases(places);
  const facts = readMachineFacts(workRoot(places.cache), releases.map(configurationFor));
  return RUNNERS.flatMap((id) => {
    const groups = new Map<string, string[]>();
    for (const release of releases) {
      const judged = judgeRunners({ output: 'iso', release }, facts).find(({ runner }) => runner.id === id);
      const words = judged?.reasons.join('; ') ?? '';
      groups.set(words, [...(groups.get(words) ?? []), release]);
    }
    return [...groups].map(([obstacle, of]) => ({
      what: `livemedia engine, runner ${id}, Fedora ${of.join(', ')}`,
      ...(obstacle !== '' && { obstacle }),
    }));
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
