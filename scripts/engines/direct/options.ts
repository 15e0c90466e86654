import { flag } from '../../command-line/index.ts';
import { offline, output } from '../engine/index.ts';

export const options = {
  output,
  offline,
  locked: flag('make it of exactly the packages that `phyllome lock` has written down, or not at all'),
  refresh: flag('fetch package indexes although they are less than a day old'),
};
