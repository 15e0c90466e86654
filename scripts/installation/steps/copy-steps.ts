import { sizeInWords } from '../../diagnostic/index.ts';
import type { Medium } from '../medium/medium.ts';
import { type Step, shell, target } from './step.ts';

/** The finished tree, below what a live system writes. */
export const sourceTree = '/run/rootfsbase';
/** What the system was started from. */
export const liveMedium = '/run/initramfs/live';

/** Copies the system and its initramfs, and reads back what the disk has of it. */
export function copySteps(medium: Medium): Step[] {
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
    {
      ...shell(
        'Reading back what was written',
        `sync; echo 3 > /proc/sys/vm/drop_caches
cmp "$1" "$2"
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
