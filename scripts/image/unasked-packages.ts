import type { Found } from './found.ts';

export interface ComparedPackages {
  /** Asked for, and not there: neither the package nor another that provides it. */
  readonly missing: readonly string[];
  /** Asked for, and there under another name: `NAME (by OTHER)`. */
  readonly provided: readonly string[];
  /** To be left out, and there. */
  readonly unwanted: readonly string[];
  /** There, not asked for, and nothing that was asked for needs it. */
  readonly added: readonly string[];
}

/** Compares a list of packages with those of an image: what is needed by what was asked for is no addition. */
export function comparePackages(
  asked: { readonly packages: readonly string[]; readonly excluded: readonly string[] },
  { packages, requires, provides }: Pick<Found, 'packages' | 'requires' | 'provides'>,
): ComparedPackages {
  const installed = new Set(packages.map(({ name }) => name));
  const providers = new Map<string, string[]>();
  for (const [name, capabilities] of provides)
    for (const capability of capabilities) {
      const known = providers.get(capability) ?? [];
      known.push(name);
      providers.set(capability, known);
    }
  const named = (name: string) => (installed.has(name) ? [name] : (providers.get(name) ?? []));
  const single = asked.packages.filter((name) => !/[*?[]/.test(name));
  const patterns = asked.packages.filter((name) => /[*?[]/.test(name)).map(globPattern);
  const needed = new Set<string>();
  const queue = [
    ...single.flatMap(named),
    ...[...installed].filter((name) => patterns.some((pattern) => pattern.test(name))),
  ];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    queue.push(...(requires.get(name) ?? []).flatMap(words).flatMap((word) => providers.get(word) ?? named(word)));
  }
  return {
    missing: single.filter((name) => named(name).length === 0),
    provided: single.flatMap((name) => {
      const [by] = installed.has(name) ? [] : named(name);
      return by === undefined ? [] : [`${name} (by ${by})`];
    }),
    unwanted: asked.excluded.filter((name) => installed.has(name)),
    added: [...installed].filter((name) => !needed.has(name)).sort(),
  };
}

/** The capabilities that a dependency names: `(a if b)` and its like name several. */
function words(dependency: string): readonly string[] {
  return dependency.startsWith('(') ? dependency.replaceAll(/^\(|\)$/g, '').split(/[\s()]+/) : [dependency];
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
