import { flag } from '../../command-line/index.ts';
import { offline } from '../engine/index.ts';

export const options = {
  offline,
  refresh: flag('fetch package indexes although they are less than a day old'),
};
