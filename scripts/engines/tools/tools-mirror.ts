import type { ReadingContext } from '../../context/index.ts';
import { resolveFlavour } from '../../flavour/index.ts';
import { directoriesOf } from '../../prepare/index.ts';

/** Where the tools tree's packages come from: the mirror of the embedded base, whatever is built. */
export function toolsMirror({ places }: Pick<ReadingContext, 'places'>): string {
  const { flavour } = resolveFlavour({ name: 'nano', base: 'debian-13', directories: directoriesOf(places) });
  const mirror = flavour?.base.repositories[0]?.baseurl;
  if (mirror === undefined) throw new Error('the base debian-13 has no repository');
  return mirror;
}
