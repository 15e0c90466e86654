import { type CachedStage, outputOf } from '../../plan/index.ts';
import type { Privilege } from '../../process/index.ts';
import { emptiedDirectories } from './emptied-directories.ts';
import { labelsFile, labelsStep } from './labels.ts';
import { mergedRoot, withFinishedRoot } from './layers.ts';
import type { LiveIso } from './live-iso.ts';
import { inToolsTreeDated } from './made-at.ts';

/** The root file system of everything that starts live: whatever medium or server it comes from. */
export const squashfsFile = `${outputOf('squashfs')}/squashfs.img`;

export function squashfsStage(
  { rootBytes, hasLabels = false }: Pick<LiveIso, 'rootBytes' | 'hasLabels'>,
  privilege: Privilege,
): CachedStage {
  const stage = outputOf('squashfs');
  return {
    id: 'squashfs',
    title: 'Live root file system',
    key: { values: [], stages: ['root-tree', 'configure'], files: [] },
    reuse: { kind: 'always' },
    // About half of the tree.
    estimatedBytes: rootBytes / 2,
    steps: [
      ...(hasLabels ? [labelsStep('squashfs', privilege)] : []),
      {
        id: 'squashfs',
        title: 'Packing the root tree',
        argv: withFinishedRoot(
          privilege,
          'squashfs',
          inToolsTreeDated(squashfs(mergedRoot('squashfs'), squashfsFile, hasLabels), [stage]),
        ),
        needs: ['namespaces'],
        progress: 'percentage',
      },
    ],
  };
}

/**
 * zstd at level 3: 2–4 s for a libvirt host on two cores; level 15 takes ten times as long for 6 % less.
 * The installed initramfs is left out: the live one is beside the squashfs.
 */
function squashfs(root: string, file: string, hasLabels: boolean): string[] {
  // A pattern does not match names that begin with a dot.
  const emptied = emptiedDirectories.flatMap((directory) => [`${directory}/*`, `${directory}/.*`]);
  const excluded = ['boot/initrd*', 'boot/initramfs*', 'initrd*', 'vmlinuz*', ...emptied];
  const options = ['-noappend', '-percentage', '-comp', 'zstd', '-Xcompression-level', '3', '-wildcards'];
  const labels = hasLabels ? ['-pf', labelsFile('squashfs')] : [];
  return ['mksquashfs', root, file, ...options, ...labels, '-e', ...excluded];
}
