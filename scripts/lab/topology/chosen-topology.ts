import type { ReadingContext } from '../../context/index.ts';
import { directoriesOf } from '../../prepare/index.ts';
import { hiddenTopology } from './find.ts';
import { loadTopology } from './load.ts';
import type { TopologyFile } from './topology-file.ts';

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
