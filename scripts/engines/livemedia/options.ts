import { choice, inWords, option } from '../../command-line/index.ts';
import { OUTPUTS } from './output.ts';
import { RUNNERS } from './runners/runner.ts';

const runners = ['auto', ...RUNNERS] as const;

export const options = {
  output: option(choice('output', OUTPUTS), inWords(OUTPUTS), { usually: 'iso' }),
  runner: option(choice('runner', runners), inWords(runners), { usually: 'auto' }),
};
