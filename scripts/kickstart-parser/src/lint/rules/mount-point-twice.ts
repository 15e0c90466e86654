import type { Span } from '../../diagnostic.ts';
import type { LintRule } from '../rule.ts';

export const mountPointTwice: LintRule = {
  id: 'mount-point-twice',
  severity: 'error',
  summary: 'Two lines claim the same mount point.',
  reason: 'The installer refuses it or takes the last one; nobody means both.',
  isFixable: false,
  example: 'part /data --size=1024\nlogvol /data --vgname=vg --name=data --size=1024\n',
  *check({ model }) {
    const { part, logvol, raid, btrfs, mount } = model.commands;
    const places = new Map<string, Span>();
    const entries = [...part, ...logvol, ...raid, ...btrfs, ...mount].filter(({ mountpoint }) =>
      mountpoint.startsWith('/'),
    );
    for (const { mountpoint, span } of entries.sort((a, b) => a.span.start.offset - b.span.start.offset)) {
      const first = places.get(mountpoint);
      if (first === undefined) places.set(mountpoint, span);
      else {
        const related = [{ message: 'The first claim is here', span: first }];
        yield { message: `${mountpoint} has a place already`, span, related };
      }
    }
  },
};
