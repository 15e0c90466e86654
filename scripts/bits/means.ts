import { closeSync, ftruncateSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { inNamespaces, inToolsTree, privilegeOf, removalOf } from '../process/index.ts';
import type { Means } from './layer.ts';
import type { Source } from './source.ts';

const PIECE = 2 ** 20;
const ZEROS = Buffer.alloc(PIECE);

/**
 * Gives `work` the programs of the tools tree at `toolsRoot`, and a directory in `parent` for what they unpack, which is gone
 * afterwards.
 */
export async function withMeans<Result>(
  { runner, signal }: Pick<Context, 'runner' | 'signal'>,
  toolsRoot: string,
  parent: string,
  work: (means: Means) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(path.join(parent, 'bits-'));
  let count = 0;
  const newPath = (name: string) => path.join(directory, `${++count}-${name}`);
  const means: Means = {
    newPath,
    asFile: (source) => {
      const file = newPath('part');
      writeSource(source, file);
      return file;
    },
    run: async (argv, read = []) => {
      const inside = inToolsTree(toolsRoot, argv, { write: [directory], read });
      return (await runner.run({ argv: inNamespaces(privilegeOf(), inside) }, { signal })).stdout;
    },
  };
  try {
    return await work(means);
  } finally {
    await runner.run({ argv: removalOf([directory]) }, {});
  }
}

/** With holes where there are only zeros: a disk image is mostly that. */
export function writeSource(source: Source, file: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    ftruncateSync(descriptor, source.size);
    for (let at = 0; at < source.size; at += PIECE) {
      const piece = source.read(at, PIECE);
      if (piece.equals(ZEROS.subarray(0, piece.length))) continue;
      for (let done = 0; done < piece.length; )
        done += writeSync(descriptor, piece, done, piece.length - done, at + done);
    }
  } finally {
    closeSync(descriptor);
  }
}
