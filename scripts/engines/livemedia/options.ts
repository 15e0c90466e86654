import { choice, inWords, option } from '../../command-line/index.ts';
import { output } from '../engine/index.ts';
import { RUNNERS } from './runners/runner.ts';

const runners = ['auto', ...RUNNERS] as const;

export const options = {
  output,
  runner: option(choice('runner', runners), inWords(runners), { usually: 'auto' }),
};
