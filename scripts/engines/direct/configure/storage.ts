import type { KickstartModel } from 'kickstart-parser';
import type { CommandHandler } from '../../../configure/index.ts';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import { imageKind } from '../../../image/index.ts';
import { checkDisk } from '../disk/check-disk.ts';

/**
 * `part`: with partitions for a boot loader the image is a whole disk, new and empty before; the
 * disk stage partitions and fills it. With `part /` alone it is live, as with livemedia-creator: one file system, whose type
 * is the image's own, and the size says how large the system may become.
 */
export const storage: CommandHandler = {
  commands: ['part', 'partition'],
  options: ['--fstype', '--type', '--size', '--grow', '--label', '--fsoptions'],
  idle: { '--asprimary': 'every partition of a GPT is' },
  check: (model, packages) => (imageKind(model) === 'disk' ? checkDisk(model, packages) : checkLive(model)),
  scripts: (model) =>
    imageKind(model) === 'disk'
      ? []
      : model.commands.part.flatMap(({ size, span }) => {
          if (size === undefined) return [];
          const body = [
            'used=$(du -s --block-size=1M --one-file-system / | cut -f1)',
            `[ "$used" -le ${size} ] || { echo "the system takes $used MiB, and part / --size allows ${size}" >&2; exit 1; }`,
          ].join('\n');
          return [{ id: 'part', title: 'part /', body, origin: span }];
        }),
};

/** `reqpart`: a partition for each firmware's boot loader. */
export const required: CommandHandler = { commands: ['reqpart'], options: ['--add-boot'], scripts: () => [] };

/** `autopart`: the same, /boot, and a file system that takes the disk. What depends on a disk's size is not made: no disk is known yet. */
export const automatic: CommandHandler = {
  commands: ['autopart'],
  options: ['--type', '--fstype', '--noboot', '--nohome'],
  idle: { '--noswap': 'there is no swap partition: its size would follow from a memory that is not known' },
  scripts: () => [],
};

/** `btrfs`: a volume of one partition, and its subvolumes. */
export const btrfs: CommandHandler = {
  commands: ['btrfs'],
  options: ['--label', '--subvol', '--name'],
  scripts: () => [],
};

/** `zerombr`, `clearpart`: the disk that the image becomes is new. */
export const wiping: CommandHandler = {
  commands: ['zerombr', 'clearpart'],
  options: [],
  idle: {
    '--all': 'there is nothing to remove',
    '--linux': 'there is nothing to remove',
    '--initlabel': 'it has no table to keep',
    '--initAll': 'it has no table to keep',
    '--disklabel': 'it gets a GPT; what says something else is refused',
  },
  scripts: () => [],
};

/** Nothing is skipped in silence: what speaks of disks has no meaning in a live image. */
function checkLive(model: KickstartModel): Diagnostic[] {
  return model.present.flatMap((command) => {
    if (command.name === 'zerombr' || command.name === 'clearpart') {
      const message = `${command.name}: a live image has no partitions`;
      return [{ code: 'unsupported-command', severity: 'error' as const, message, span: command.span }];
    }
    if (command.name !== 'part' && command.name !== 'partition') return [];
    return command.given
      .filter((option) => !['--size', '--fstype', '--type'].includes(option.name))
      .map((option) => {
        const message = `the direct engine cannot honour ${option.name} of a live image's ${command.name}`;
        return { code: 'unsupported-option', severity: 'error' as const, message, span: option.span };
      });
  });
}
