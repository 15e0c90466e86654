import { flag } from '../../command-line/index.ts';
import { offline, output } from '../engine/index.ts';

export const options = {
  output,
  offline,
  refresh: flag('fetch package indexes although they are less than a day old'),
};
