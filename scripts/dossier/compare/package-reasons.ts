import type { ContentsPackage } from '../contents.ts';

/**
 * Why each package is there: the line that asks for it, or the shortest way from one that is asked for by what needs what.
 * What was only recommended counts where nothing needs it.
 */
export function reasonsOf(
  packages: readonly ContentsPackage[],
  asked: ReadonlyMap<string, string>,
): (name: string) => string | undefined {
  const providers = new Map<string, string[]>();
  for (const { name, provides } of packages) {
    for (const provided of [name, ...provides]) providers.set(provided, [...(providers.get(provided) ?? []), name]);
  }
  const known = new Map(packages.map((one) => [one.name, one]));
  const parents = new Map<string, { readonly by: string; readonly how: 'needed' | 'recommended' }>();
  const roots = packages.filter(({ name, essential }) => asked.has(name) || essential === true).map(({ name }) => name);
  const reached = new Set(roots);
  const spread = (from: readonly string[], how: 'needed' | 'recommended'): string[] => {
    const found: string[] = [];
    for (const by of from) {
      const one = known.get(by);
      const wanted = how === 'needed' ? one?.depends : one?.recommends;
      for (const name of (wanted ?? []).flat().flatMap((word) => providers.get(word) ?? [])) {
        if (reached.has(name)) continue;
        reached.add(name);
        parents.set(name, { by, how });
        found.push(name);
      }
    }
    return found;
  };
  for (let level = roots; level.length > 0; ) {
    const needed = spread(level, 'needed');
    level = needed.length > 0 ? needed : spread([...reached], 'recommended');
  }
  return (name) => {
    const chain: string[] = [];
    let at = name;
    for (let parent = parents.get(at); parent !== undefined; parent = parents.get(at)) {
      chain.push(`${chain.length === 0 || parent.how === 'recommended' ? `${parent.how} ` : ''}by ${parent.by}`);
      at = parent.by;
    }
    const place = asked.get(at) ?? (known.get(at)?.essential === true ? 'essential' : undefined);
    return place === undefined ? undefined : [...chain, place].join(', ');
  };
}
