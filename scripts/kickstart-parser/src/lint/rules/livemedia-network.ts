import { addCommand } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

export const livemediaNetwork: LintRule = {
  id: 'livemedia-network',
  severity: 'error',
  summary: 'livemedia-creator wants a network line.',
  reason:
    'It stops with "The kickstart must activate networking" where the packages come by url or nfs, unless from a file: URL.',
  profiles: ['livemedia'],
  isFixable: true,
  example: 'url --url=https://example.org/os/\n',
  *check({ document, model, startOfDocument, isWhole, isIncomplete }) {
    const { network, url, nfs } = model.commands;
    const needsNetwork = nfs !== undefined || (url !== undefined && !url.url?.startsWith('file:'));
    if (network.length > 0 || !needsNetwork || isIncomplete) return;
    const fix = addCommand(document, 'network --bootproto=dhcp --activate');
    // livemedia-creator looks before %pre makes a file; whoever has one there decides whether a second line is right.
    yield {
      message: 'There is no network line',
      span: startOfDocument,
      ...(isWhole ? { fix } : { suggestions: [fix] }),
    };
  },
};
