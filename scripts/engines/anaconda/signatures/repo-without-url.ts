import type { Signature } from './signature.ts';

export const repoWithoutUrl: Signature = {
  id: 'repo-without-url',
  pattern: /repo can only be used with the url/,
  cause: 'the kickstart has repo lines but no url',
  advice: 'Make the first repository the `url`.',
  isFatal: true,
  kickstartCommand: 'repo',
  source: 'lorax 46: src/pylorax/creator.py, check_kickstart',
  excerpt: [
    '2026-11-22 19:41:13,123: repo can only be used with the url install method. Add url to your kickstart file.',
  ],
};
