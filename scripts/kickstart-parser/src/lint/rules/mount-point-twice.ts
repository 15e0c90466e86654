import type { Span } from '../../diagnostic.ts';
import type { LintRule, LintSettings } from '../rule.ts';

export const mountPointTwice: LintRule = {
  id: 'mount-point-twice',
  severity: 'error',
  summary: 'Two lines claim the same mount point.',
  reason:
    'The installer refuses it or takes the last one; nobody means both. Images that are no disks have no partitions: livemedia-creator takes the size of the last line, and common parts of kickstarts are overridden so.',
  isFixable: false,
  example: 'part /data --size=1024\nlogvol /data --vgname=vg --name=data --size=1024\n',
  *check({ model, settings }) {
    const { part, logvol, raid, btrfs, mount } = model.commands;
    // Lines of included files stand where they are included, so places in the files are no order.
    const order = new Map(model.present.map(({ span }, index) => [span, index]));
    const claims = [...part, ...logvol, ...raid, ...btrfs, ...mount]
      .filter(({ mountpoint }) => mountpoint.startsWith('/'))
      .sort((a, b) => (order.get(a.span) ?? 0) - (order.get(b.span) ?? 0));
    const places = new Map<string, Span>();
    for (const { mountpoint, span, command } of claims) {
      const earlier = places.get(mountpoint);
      places.set(mountpoint, span);
      if (earlier === undefined) continue;
      const isOverridden = command.startsWith('part') && hasNoPartitions(settings);
      yield {
        message: isOverridden ? `This line for ${mountpoint} overrides another` : `${mountpoint} has a place already`,
        span,
        related: [{ message: isOverridden ? 'This one has no effect' : 'The earlier claim is here', span: earlier }],
        ...(isOverridden ? { severity: 'info' as const } : {}),
      };
    }
  },
};

/** Whether livemedia-creator puts the system into a tree, where partitions only tell a size. */
function hasNoPartitions({ profile, livemediaTarget, isVirtual }: LintSettings): boolean {
  return profile === 'livemedia' && livemediaTarget !== 'disk' && !isVirtual;
}
