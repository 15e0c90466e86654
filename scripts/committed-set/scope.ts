import type { Edition } from './edition.ts';

/** Some kickstarts of an edition: those of itself or of these variants, on these bases; on all where none is said. */
export interface Scope {
  readonly variants?: readonly string[];
  readonly bases?: readonly string[];
}

/**
 * A set of an edition's kickstarts as scopes, which together are the set.
 * @param basesOf of a flavour, the bases that it is for
 * @param has whether the set has a flavour on a base
 */
export function scopesOf(
  edition: Edition,
  basesOf: (flavour: string) => readonly string[],
  has: (flavour: string, base: string) => boolean,
): readonly Scope[] {
  const byBases = new Map<string, { readonly variants: string[]; readonly bases: readonly string[] | undefined }>();
  for (const flavour of [edition.name, ...edition.variants]) {
    const offered = basesOf(flavour);
    const bases = offered.filter((base) => has(flavour, base));
    if (bases.length === 0) continue;
    const isEvery = bases.length === offered.length;
    const key = `${flavour === edition.name} ${isEvery ? '' : bases}`;
    const known = byBases.get(key) ?? { variants: [], bases: isEvery ? undefined : bases };
    if (flavour !== edition.name) known.variants.push(flavour);
    byBases.set(key, known);
  }
  return [...byBases.values()].map(({ variants, bases }) => ({
    ...(variants.length === 0 ? {} : { variants }),
    ...(bases === undefined ? {} : { bases }),
  }));
}

/** Whether a scope means the kickstart of a flavour on a base. */
export function isIn({ variants, bases }: Scope, edition: Edition, flavour: string, base: string): boolean {
  const isOf = variants === undefined ? flavour === edition.name : variants.includes(flavour);
  return isOf && (bases === undefined || bases.includes(base));
}

export function scopeInWords({ variants, bases }: Scope): string {
  const of = variants === undefined ? '' : ` of ${variants.join(', ')}`;
  return of + (bases === undefined ? '' : ` on ${bases.join(', ')}`);
}

export function readScope(words: string): Scope | undefined {
  const [, variants, bases] = /^(?: of (.*?))?(?: on (.*))?$/.exec(words) ?? [undefined];
  if (words !== '' && variants === undefined && bases === undefined) return undefined;
  return {
    ...(variants === undefined ? {} : { variants: variants.split(', ') }),
    ...(bases === undefined ? {} : { bases: bases.split(', ') }),
  };
}
