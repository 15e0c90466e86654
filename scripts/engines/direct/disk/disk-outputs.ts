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

/**
 * SHA-256 of a file, for python3, whose hash is several times as fast as sha256sum's. Nine tenths of a disk image are holes: they are
 * hashed without being read, which would take longer than all the rest.
 */
export const sparseSum = `import errno, hashlib, os, sys
file = os.open(sys.argv[1], os.O_RDONLY)
size, at, piece = os.fstat(file).st_size, 0, 1 << 20
zeros, total = bytes(piece), hashlib.sha256()
while at < size:
    try:
        data = os.lseek(file, at, os.SEEK_DATA)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        data = size
    while at < data:
        step = min(piece, data - at)
        total.update(zeros[:step])
        at += step
    if at == size:
        break
    hole = os.lseek(file, at, os.SEEK_HOLE)
    while at < hole:
        block = os.pread(file, min(piece, hole - at), at)
        total.update(block)
        at += len(block)
print(total.hexdigest())`;

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
        argv: inToolsTree(
          tools,
          [
            'sh',
            '-euc',
            'hash=$(python3 -I -S -c "$2" "$1"); echo "$hash  disk.raw" > "$0/sums"',
            sums,
            diskFile,
            sparseSum,
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
