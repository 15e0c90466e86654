import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { makeDirectory } from '../files/index.ts';
import { workDirectoryFor } from '../plan/index.ts';
import { inToolsTree } from '../process/index.ts';
import { taskList } from '../progress/index.ts';

/**
 * Makes a raw image of a qcow2 by the tools tree, for as long as `work` takes. It has holes where the disk is empty; what a
 * killed run leaves is removed by the next build.
 */
export async function withRawCopy<T>(
  file: string,
  toolsRoot: () => Promise<string>,
  { places, runner, signal }: Context,
  work: (raw: string) => Promise<T>,
): Promise<T> {
  const root = await toolsRoot();
  const directory = workDirectoryFor(places.cache);
  const raw = path.join(directory, `${path.basename(file, '.qcow2')}.raw`);
  makeDirectory(directory);
  try {
    const convert = ['qemu-img', 'convert', '-f', 'qcow2', '-O', 'raw', file, raw];
    const argv = inToolsTree(root, convert, { read: [file], write: [directory] });
    const title = 'Unpacking the qcow2';
    await taskList([{ title, task: async () => void (await runner.run({ argv }, { signal })) }]).run();
    return await work(raw);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
