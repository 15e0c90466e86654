import { writeAt } from '../../edit/fix.ts';
import type { KickstartModel } from '../../model/model.ts';
import type { LintRule } from '../rule.ts';

/** Ids of the repositories that every Fedora has in /etc/yum.repos.d; run with Anaconda 43.48 and 44.35. */
const IDS_OF_FEDORA: ReadonlySet<string> = new Set(['fedora', 'updates', 'updates-testing', 'fedora-cisco-openh264']);

/** Fedora's own lists of mirrors, to which those repositories lead as well. */
const LISTS_OF_FEDORA = /^https?:\/\/mirrors\.fedoraproject\.org\//;

export const repoNamedUpdates: LintRule = {
  id: 'repo-named-updates',
  severity: 'warning',
  summary: 'A repo with an address of its own must not have the id of one that the builder has, as updates.',
  reason:
    'Where the system that installs has a repository of that id, as every Fedora has fedora and updates, its own is used and the address in the kickstart silently is not. Without an address the line asks for that one, which works.',
  profiles: ['anaconda', 'livemedia'],
  isFixable: false,
  example: 'url --url=https://example.org/os/\nrepo --name=updates --baseurl=https://example.org/updates/\n',
  *check({ model }) {
    if (!model.version.startsWith('F')) return;
    for (const { name, baseurl, mirrorlist, metalink, given } of model.commands.repo) {
      const option = given.findLast(({ field }) => field === 'name');
      const address = [baseurl, mirrorlist, metalink].find(Boolean);
      if (option === undefined || name === undefined || address === undefined || !IDS_OF_FEDORA.has(name)) continue;
      const own = ownName(name, model);
      // Behind "--name updates" the value is a word of its own, out of reach.
      const isInline = option.span.end.offset - option.span.start.offset > '--name'.length;
      yield {
        message: `On a Fedora system the installer has a repository "${name}" itself, and uses that instead of this address`,
        span: option.span,
        hint: `Give it an id of your own, such as ${own}, if the address is not the same.`,
        ...(LISTS_OF_FEDORA.test(address) ? { severity: 'info' as const } : {}),
        ...(isInline ? { suggestions: [writeAt(option.span, `--name=${own}`)] } : {}),
      };
    }
  },
};

/** An id that neither Fedora nor the kickstart has. */
function ownName(name: string, { commands }: KickstartModel): string {
  const taken = new Set(commands.repo.map((repo) => repo.name));
  let own = `my-${name}`;
  while (taken.has(own)) own = `my-${own}`;
  return own;
}
