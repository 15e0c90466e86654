import type { LintRule } from '../rule.ts';

export const livemediaSource: LintRule = {
  id: 'livemedia-source',
  severity: 'error',
  summary: 'livemedia-creator installs from url, nfs or ostreesetup, and repo needs url.',
  reason: 'Without a virtual machine there is no installation medium to take packages from.',
  profiles: ['livemedia'],
  isFixable: false,
  example: 'repo --name=extra --baseurl=https://example.org/\n',
  *check({ model, settings, startOfDocument, isIncomplete }) {
    if (isIncomplete) return;
    const { url, nfs, ostreesetup, repo } = model.commands;
    if (!settings.isVirtual && !url && !nfs && !ostreesetup) {
      yield { message: 'There is no url, nfs or ostreesetup', span: startOfDocument };
    }
    if (url !== undefined) return;
    for (const { name, span } of repo) yield { message: `repo "${name}" needs url as the installation source`, span };
  },
};
