import { list, type ResolvedFlavour, resolveFlavour } from '../../scripts/flavour/index.ts';
import { checkoutDirectory, findPlaces } from '../../scripts/places/index.ts';
import { loadTemplates, type RenderedSet, renderFlavour } from '../../scripts/render/index.ts';

export const checkout = findPlaces({}).checkout;
export const directories = [checkoutDirectory(checkout)];
export const templates = loadTemplates(`${checkout}/kickstarts/templates`, 'kickstarts/templates');

/** Every shipped flavour on every shipped base. */
export const shipped: readonly (readonly [flavour: string, base: string])[] = list('flavour', directories).flatMap(
  ({ name }) => list('base', directories).map((base) => [name, base.name] as const),
);

export function resolveShipped(name: string, base: string): ResolvedFlavour {
  const { flavour, diagnostics } = resolveFlavour({ name, base, directories });
  if (!flavour) throw new Error(`${name} on ${base}: ${JSON.stringify(diagnostics, null, 2)}`);
  return flavour;
}

export function renderShipped(name: string, base: string): RenderedSet {
  return renderFlavour(resolveShipped(name, base), templates);
}
