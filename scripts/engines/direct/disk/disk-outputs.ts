import { type CachedStage, outputOf } from '../../../plan/index.ts';
import { inToolsTree, type Privilege } from '../../../process/index.ts';
import type { OutputMaker, System } from '../output-maker.ts';
import { diskFile, diskStage } from './disk-stage.ts';

const tools = `${outputOf('tools')}/root`;

/** The disk as it is: nothing is copied, only its checksum made. */
export const diskRaw: OutputMaker = {
  stages: (system, privilege) => [disk(system, privilege), rawStage()],
  files: (imageName) => [{ stage: 'disk', name: 'disk.raw', published: `${imageName}.raw` }],
};

export const diskQcow2: OutputMaker = {
  stages: (system, privilege) => [disk(system, privilege), qcow2Stage()],
  files: (imageName) => [{ stage: 'disk-qcow2', name: 'image.qcow2', published: `${imageName}.qcow2` }],
};

function disk({ title, layout, kernelArguments, timeout }: System, privilege: Privilege): CachedStage {
  if (layout === undefined) throw new Error('a disk of a kickstart without partitions: it should have been refused');
  return diskStage({ title, layout, kernelArguments, ...(timeout !== undefined && { timeout }) }, privilege);
}

function rawStage(): CachedStage {
  const sums = outputOf('disk-raw');
  return {
    id: 'disk-raw',
    title: 'Raw disk image',
    key: { values: [], stages: ['disk'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e3,
    steps: [
      {
        id: 'sum',
        title: 'Measuring',
        // It hashes several times as fast as sha256sum, and most of a disk is nothing.
        argv: inToolsTree(
          tools,
          [
            'sh',
            '-euc',
            'hash=$(openssl dgst -sha256 -r "$1"); echo "${hash%% *}  disk.raw" > "$0/sums"',
            sums,
            diskFile,
          ],
          { write: [sums], read: [outputOf('disk')] },
        ),
        needs: [],
      },
    ],
  };
}

function qcow2Stage(): CachedStage {
  const stage = outputOf('disk-qcow2');
  const convert = ['convert', '-f', 'raw', '-O', 'qcow2', '-c', '-o', 'compression_type=zstd'];
  return {
    id: 'disk-qcow2',
    title: 'Compressed disk image',
    key: { values: [], stages: ['disk'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e9,
    steps: [
      {
        id: 'compress',
        title: 'Compressing the image',
        argv: inToolsTree(tools, ['qemu-img', ...convert, diskFile, `${stage}/image.qcow2`], {
          write: [stage],
          read: [outputOf('disk')],
        }),
        needs: [],
      },
      {
        id: 'sum',
        title: 'Measuring',
        argv: ['sh', '-euc', 'cd "$0"; sha256sum image.qcow2 > sums', stage],
        needs: [],
      },
    ],
  };
}
