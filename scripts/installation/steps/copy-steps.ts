import { sizeInWords } from '../../diagnostic/index.ts';
import type { Medium } from '../medium/medium.ts';
import type { Layout } from '../storage/layout.ts';
import { mountSteps } from './disk-steps.ts';
import { type Step, shell, target } from './step.ts';

/** The finished tree, below what a live system writes. */
export const sourceTree = '/run/rootfsbase';
/** What the system was started from. */
export const liveMedium = '/run/initramfs/live';

/**
 * Copies the system and its initramfs, and reads back what the disk has of it. Nothing of a file system stays in memory when it is
 * unmounted, while what was read of the medium does: it need not be unpacked a second time where there is room.
 */
export function copySteps(medium: Medium, layout: Layout): Step[] {
  const initramfs = `${target}/boot/initrd.img-${medium.kernelVersion}`;
  return [
    {
      title: `Copying the system (${sizeInWords(medium.rootBytes)})`,
      argv: ['cp', '--archive', '--one-file-system', `${sourceTree}/.`, `${target}/`],
      endsAtFirstError: true,
      fills: { mountPoint: target, bytes: medium.rootBytes },
    },
    {
      title: 'Copying the initramfs',
      argv: ['cp', `${liveMedium}/boot/initrd.img`, initramfs],
    },
    { title: 'Unmounting, so that nothing is read from memory', argv: ['umount', '--recursive', target] },
    ...mountSteps(layout, ' again'),
    {
      ...shell(
        'Reading back what was written',
        `cmp "$1" "$2"
exec diff --recursive --no-dereference --brief --exclude=lost+found --exclude="$(basename "$2")" "$3" "$4"`,
        `${liveMedium}/boot/initrd.img`,
        initramfs,
        sourceTree,
        target,
      ),
      endsAtFirstError: true,
    },
  ];
}
