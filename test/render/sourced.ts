import type { ResolvedFlavour } from '../../scripts/flavour/index.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';

type At = ResolvedFlavour['at'];

/** The beginning of a line, as the model's entries carry it. */
export function at(line: number, file = 'source.yaml'): At {
  const place = { offset: 0, line, column: 1 };
  return { file, start: place, end: place };
}

/** The flavour `small` of the test tree, with files that replace or join its own. */
export function resolved(files: Readonly<Record<string, string>> = {}): ResolvedFlavour {
  const { flavour, diagnostics } = resolveIn(sourceTree(files));
  if (!flavour) throw new Error(JSON.stringify(diagnostics));
  return flavour;
}
