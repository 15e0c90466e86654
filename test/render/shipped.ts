import { type FreshSet, purposesOf, type Rendered, writeSet } from '../../scripts/committed-set/index.ts';
import { type ResolvedFlavour, resolveAll } from '../../scripts/flavour/index.ts';
import { checkoutDirectory, findPlaces } from '../../scripts/places/index.ts';
import { loadTemplates, type RenderedSet, renderFlavour } from '../../scripts/render/index.ts';

export const checkout = findPlaces({}).checkout;
export const directories = [checkoutDirectory(checkout)];
export const templates = loadTemplates(`${checkout}/kickstarts/templates`, 'kickstarts/templates');

const all = [...resolveAll(directories)];

/** Every shipped flavour and variant on every base that it is for. */
export const shipped: readonly (readonly [flavour: string, base: string])[] = all.map(
  ({ name, base }) => [name, base] as const,
);

export function resolveShipped(name: string, base: string): ResolvedFlavour {
  const one = all.find((other) => other.name === name && other.base === base);
  if (!one?.flavour) throw new Error(`${name} on ${base}: ${JSON.stringify(one?.diagnostics, null, 2)}`);
  return one.flavour;
}

/** Test files share a process: what one of them rendered is there for the others. */
const rendered = new Map<ResolvedFlavour, RenderedSet>();

export function renderShipped(name: string, base: string): RenderedSet {
  const flavour = resolveShipped(name, base);
  const one = rendered.get(flavour) ?? renderFlavour(flavour, templates);
  rendered.set(flavour, one);
  return one;
}

let set: FreshSet | undefined;

/** What is to be committed of all that is shipped. */
export function shippedSet(): FreshSet {
  set ??= writeSet(
    shipped.flatMap(([name, base]) =>
      purposesOf(name, base).map((purpose): Rendered => {
        const flavour = resolveShipped(name, base);
        const one = purpose === 'live' ? renderShipped(name, base) : renderFlavour(flavour, templates, purpose);
        return { flavour, purpose, kickstart: one.kickstart };
      }),
    ),
  );
  return set;
}
