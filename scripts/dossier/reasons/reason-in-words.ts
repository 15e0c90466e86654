import type { SourceLine } from './asked-packages.ts';
import type { PackageGraph } from './package-graph.ts';

/**
 * Why a package is there, on one line: `needed by libfoo, by bar, overlays/x/component.yaml:4`; undefined where nothing that the
 * build noted wants it.
 */
export function reasonInWords(
  graph: PackageGraph,
  asked: ReadonlyMap<string, SourceLine>,
  name: string,
): string | undefined {
  const way = graph.wayTo(name);
  if (way === undefined) return undefined;
  const links = way.map(({ from, how }, index) => `${index === 0 || how === 'recommended' ? `${how} ` : ''}by ${from}`);
  const place = asked.get(way.at(-1)?.from ?? name);
  return [...links, place === undefined ? 'essential' : `${place.file}:${place.line}`].join(', ');
}
