import { replaceAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

export const repoNamedUpdates: LintRule = {
  id: 'repo-named-updates',
  severity: 'warning',
  summary: 'A repo must not be called updates.',
  reason: 'The name belongs to a repository of the installer; this one is silently left unused.',
  profiles: ['anaconda', 'livemedia'],
  isFixable: true,
  example: 'url --url=https://example.org/os/\nrepo --name=updates --baseurl=https://example.org/updates/\n',
  *check({ model }) {
    for (const repo of model.commands.repo) {
      const option = repo.given.findLast(({ field }) => field === 'name');
      if (repo.name !== 'updates' || option === undefined) continue;
      const fix = replaceAt(option.span, 'Rename it', '--name=updates-released');
      // Behind "--name updates" the value is a word of its own, out of reach of this fix.
      const isInline = option.span.end.offset - option.span.start.offset > '--name'.length;
      yield { message: 'The repo "updates" will not be used', span: option.span, ...(isInline ? { fix } : {}) };
    }
  },
};
