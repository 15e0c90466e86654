import type { ReadingContext } from '../context/index.ts';
import { hiddenTopology, loadTopology, type TopologyFile } from '../lab/index.ts';
import { directoriesOf } from '../prepare/index.ts';

/**
 * The machine that somebody asks for: a topology of their own directory, one of the checkout, or a file.
 * @throws UsageError when there is no such topology
 * @throws ReportedError with what is wrong in it and where
 */
export function chosenTopology(
  nameOrFile: string,
  { places, warn }: Pick<ReadingContext, 'places' | 'warn'>,
): TopologyFile {
  const directories = directoriesOf(places);
  const hidden = hiddenTopology(nameOrFile, directories);
  if (hidden !== undefined) warn([hidden]);
  return loadTopology(nameOrFile, directories);
}
