import { versionsOfFamily } from '../../grammar/version-order.ts';
import type { LintRule } from '../rule.ts';

/** MiB, from Anaconda 44.5 on (`min_partition_sizes` of its configuration). */
const LEAST: Readonly<Record<string, number>> = { '/boot': 1024, '/boot/efi': 500 };

export const smallBootPartition: LintRule = {
  id: 'small-boot-partition',
  severity: 'warning',
  summary: 'A /boot or EFI system partition is smaller than Anaconda wants it.',
  reason:
    'From Fedora 44 on Anaconda warns of a /boot below 1 GiB and an EFI system partition below 500 MiB: kernels with their initramfs have grown, and update programs of firmware want space beside them.',
  profiles: ['anaconda', 'livemedia'],
  isFixable: false,
  example: 'part /boot/efi --fstype=efi --size=200\npart / --size=10240\n',
  exampleSettings: { livemediaTarget: 'disk' },
  *check({ model, settings }) {
    // A tree has no partitions.
    if (settings.profile === 'livemedia' && settings.livemediaTarget !== 'disk') return;
    const releases = versionsOfFamily(model.version);
    if (!releases.includes('F44') || releases.indexOf(model.version) < releases.indexOf('F44')) return;
    for (const { mountpoint = '', size, grow, given, span } of model.commands.part) {
      const least = LEAST[mountpoint];
      if (least === undefined || size === undefined || size >= least || grow) continue;
      yield {
        message: `${mountpoint} of ${size} MiB is smaller than the ${least} MiB that Anaconda wants`,
        span: given.findLast(({ field }) => field === 'size')?.span ?? span,
        hint: `Give it --size=${least} or more.`,
      };
    }
  },
};
