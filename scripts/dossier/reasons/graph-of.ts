import type { BuiltSide } from '../built-side.ts';
import { askedPackages, type SourceLine, withWeakDependencies } from './asked-packages.ts';
import { type PackageGraph, packageGraph } from './package-graph.ts';

/** The packages of a build as a graph, and the lines that ask for some of them. Empty where the build did not note any. */
export function graphOf({ dossier, kickstart }: Pick<BuiltSide, 'dossier' | 'kickstart'>): {
  readonly graph: PackageGraph;
  readonly asked: ReadonlyMap<string, SourceLine>;
} {
  const asked = askedPackages(kickstart);
  const weakDependencies = withWeakDependencies(kickstart);
  const graph = packageGraph(dossier?.contents.packages ?? [], { names: new Set(asked.keys()), weakDependencies });
  return { graph, asked };
}
