import type { ContentsPackage } from '../contents.ts';

/** Which package wants another one, and by which word. */
export interface Want {
  readonly from: string;
  readonly to: string;
  /** `needed`: Depends and Pre-Depends. */
  readonly how: 'needed' | 'recommended';
  /** What it says, where that is another name, or one of several: `mail-transport-agent | exim`. */
  readonly words?: string;
}

/** Who wants whom among the packages of one image, with what they provide and alternatives resolved. */
export interface PackageGraph {
  readonly packages: ReadonlyMap<string, ContentsPackage>;
  /** What it has by its wants: a list for each, of those that fulfil it. */
  readonly groupsOf: (name: string) => readonly (readonly Want[])[];
  /** All that want it. */
  readonly wantedBy: (name: string) => readonly Want[];
  /** Packages that nothing needs to want: they are asked for, or essential. */
  readonly roots: ReadonlySet<string>;
  /**
   * The shortest way from the package to one of the roots, its own want first; empty for a root, undefined where nothing wants
   * it. What is only recommended counts where nothing needs it.
   */
  readonly wayTo: (name: string) => readonly Want[] | undefined;
}

/** What the kickstart asks for. */
export interface AskedPackages {
  readonly names: ReadonlySet<string>;
  /** Without it a recommendation brought nothing, and holds nothing. */
  readonly weakDependencies: boolean;
}

export function packageGraph(all: readonly ContentsPackage[], asked: AskedPackages): PackageGraph {
  const packages = new Map(all.map((one) => [one.name, one]));
  const groups = groupsIn(asked.weakDependencies ? all : all.map((one) => ({ ...one, recommends: [] })));
  const groupsOf = (name: string) => groups.get(name) ?? [];
  const wanted = new Map<string, Want[]>();
  for (const want of [...groups.values()].flat(2)) wanted.set(want.to, [...(wanted.get(want.to) ?? []), want]);
  const roots = new Set(all.filter((one) => asked.names.has(one.name) || isOfEverySystem(one)).map(({ name }) => name));
  const first = spread(roots, groupsOf);
  return {
    packages,
    groupsOf,
    wantedBy: (name) => wanted.get(name) ?? [],
    roots,
    wayTo: (name) => {
      if (!roots.has(name) && !first.has(name)) return undefined;
      const way: Want[] = [];
      for (let want = first.get(name); want !== undefined; want = first.get(want.from)) way.push(want);
      return way;
    },
  };
}

/** apt counts itself among the essential packages, though it is not marked so. */
export const isOfEverySystem = ({ name, essential }: ContentsPackage): boolean => essential === true || name === 'apt';

function groupsIn(all: readonly ContentsPackage[]): ReadonlyMap<string, readonly (readonly Want[])[]> {
  const providers = new Map<string, Set<string>>();
  for (const { name, provides } of all) {
    for (const word of [name, ...provides]) providers.set(word, (providers.get(word) ?? new Set()).add(name));
  }
  const wantsOf = (from: string, how: Want['how'], lists: ContentsPackage['depends']) =>
    lists.map((any) => {
      const found = new Set(any.flatMap((word) => [...(providers.get(word) ?? [])]));
      const words = any.join(' | ');
      if (found.has(from)) return [];
      return [...found].map((to): Want => ({ from, to, how, ...(words !== to && { words }) }));
    });
  return new Map(
    all.map(({ name, depends, recommends }) => [
      name,
      [...wantsOf(name, 'needed', depends), ...wantsOf(name, 'recommended', recommends)].filter(
        (fulfilled) => fulfilled.length > 0,
      ),
    ]),
  );
}

/** Level by level from the roots, over none that is `gone`: for each package the want by which it is reached first. */
function spread(
  roots: Iterable<string>,
  groupsOf: PackageGraph['groupsOf'],
  gone: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Want> {
  const reached = new Set([...roots].filter((name) => !gone.has(name)));
  const first = new Map<string, Want>();
  const step = (from: Iterable<string>, how: Want['how']): readonly string[] => {
    const found: string[] = [];
    for (const want of [...from].flatMap((name) => groupsOf(name).flat())) {
      if (want.how !== how || reached.has(want.to) || gone.has(want.to)) continue;
      reached.add(want.to);
      first.set(want.to, want);
      found.push(want.to);
    }
    return found;
  };
  for (let level: readonly string[] = [...reached]; level.length > 0; ) {
    const needed = step(level, 'needed');
    level = needed.length > 0 ? needed : step([...reached], 'recommended');
  }
  return first;
}

/**
 * What goes when these packages go: whatever needs one of them in vain then, and in the end what nothing wants any more.
 * Of alternatives the last one counts.
 */
export function goingWith(graph: PackageGraph, names: Iterable<string>): ReadonlySet<string> {
  const gone = new Set(names);
  for (let waiting: readonly string[] = [...gone]; waiting.length > 0; ) {
    const broken = new Set(
      waiting
        .flatMap((name) => graph.wantedBy(name))
        .filter(({ from, how }) => how === 'needed' && !gone.has(from) && isBroken(graph, from, gone))
        .map(({ from }) => from),
    );
    for (const name of broken) gone.add(name);
    waiting = [...broken];
  }
  const kept = spread(graph.roots, graph.groupsOf, gone);
  for (const name of graph.packages.keys()) {
    // What nothing wanted before stays, as nobody knows why it is there.
    if (!kept.has(name) && !graph.roots.has(name) && graph.wayTo(name) !== undefined) gone.add(name);
  }
  return gone;
}

/** What is there for these of the roots alone: nothing else would want it. */
export function onlyFor(graph: PackageGraph, names: ReadonlySet<string>): ReadonlySet<string> {
  const others = [...graph.roots].filter((name) => !names.has(name));
  const wanted = spread(others, graph.groupsOf);
  const all = [...graph.packages.keys()].filter((name) => graph.wayTo(name) !== undefined);
  return new Set(all.filter((name) => !wanted.has(name) && !others.includes(name)));
}

function isBroken(graph: PackageGraph, name: string, gone: ReadonlySet<string>): boolean {
  return graph.groupsOf(name).some((any) => any[0]?.how === 'needed' && any.every(({ to }) => gone.has(to)));
}
