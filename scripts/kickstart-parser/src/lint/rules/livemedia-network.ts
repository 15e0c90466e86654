import { addCommand } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

export const livemediaNetwork: LintRule = {
  id: 'livemedia-network',
  severity: 'error',
  summary: 'livemedia-creator wants a network line.',
  reason: 'It stops with "The kickstart must activate networking", unless the packages come from a file: URL.',
  profiles: ['livemedia'],
  isFixable: true,
  example: 'url --url=https://example.org/os/\n',
  *check({ document, model, startOfDocument }) {
    const { network, url } = model.commands;
    if (network.length > 0 || url?.url?.startsWith('file:')) return;
    const fix = addCommand(document, 'network --bootproto=dhcp --activate');
    yield { message: 'There is no network line', span: startOfDocument, fix };
  },
};
