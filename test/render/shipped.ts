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

export function renderShipped(name: string, base: string): RenderedSet {
  return renderFlavour(resolveShipped(name, base), templates);
}
