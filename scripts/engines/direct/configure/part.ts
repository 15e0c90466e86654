import type { CommandHandler } from './handler.ts';

/**
 * `part /`: how large the system may become. As with livemedia-creator, a live image has one file system, whose type is the
 * image's own; no disk is partitioned.
 */
export const part: CommandHandler = {
  commands: ['part', 'partition'],
  options: ['--size', '--fstype'],
  check: (model) =>
    model.commands.part
      .filter(({ mountpoint }) => mountpoint !== '/')
      .map(({ mountpoint, span }) => ({
        code: 'unsupported-partition',
        severity: 'error',
        message: `the direct engine makes live images, which have no partition for ${mountpoint}`,
        span,
        hint: 'Partitioned disks are made by engines that run Anaconda.',
      })),
  scripts: (model) =>
    model.commands.part.flatMap(({ size, span }) => {
      if (size === undefined) return [];
      const body = [
        'used=$(du -s --block-size=1M --one-file-system / | cut -f1)',
        `[ "$used" -le ${size} ] || { echo "the system takes $used MiB, and part / --size allows ${size}" >&2; exit 1; }`,
      ].join('\n');
      return [{ id: 'part', title: 'part /', body, origin: span }];
    }),
};
