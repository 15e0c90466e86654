import type { LintRule } from '../rule.ts';

export const livemediaRootSize: LintRule = {
  id: 'livemedia-root-size',
  severity: 'error',
  summary: 'livemedia-creator computes the size of the image from the --size of part.',
  reason:
    'For a live image the size of / counts, for a disk the sum of all partitions. Without any it stops; a counted part without --size is an internal error.',
  profiles: ['livemedia'],
  isFixable: false,
  example: 'part / --grow\n',
  *check({ model, settings, startOfDocument, isIncomplete }) {
    const { part, autopart } = model.commands;
    // Of several lines for a mount point the last counts.
    const parts = new Map(part.map((entry) => [entry.mountpoint, entry]));
    const isTree = !settings.isVirtual && ['iso', 'filesystem'].includes(settings.livemediaTarget);
    const counted = [...parts.values()].filter(({ mountpoint }) => !isTree || mountpoint === '/');
    if (counted.length === 0 && !isIncomplete) {
      const span = autopart?.span ?? startOfDocument;
      const message = isTree ? 'There is no "part /"' : 'There is no part with a --size';
      yield { message, span, hint: 'Add "part / --size=10240", in MiB, without autopart.' };
    }
    for (const { mountpoint, size, span } of counted) {
      if (size) continue;
      const hint = 'Add --size in MiB; 10240 is a usual value for /.';
      yield { message: `"part ${mountpoint}" has no --size`, span, hint };
    }
  },
};
