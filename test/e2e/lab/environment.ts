import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { AcceleratorChoice } from '../../../scripts/lab/accelerator/index.ts';

/** Root of a tools tree: `PHYLLOME_TOOLS_TREE`. These tests mean nothing without one. */
export function toolsTree(): string {
  const root = process.env.PHYLLOME_TOOLS_TREE;
  if (root === undefined) throw new Error('PHYLLOME_TOOLS_TREE must name the tools tree');
  return root;
}

/** A live ISO that boots: `PHYLLOME_TEST_IMAGE`; undefined when there is none to test with. */
export const testImageFile: string | undefined = process.env.PHYLLOME_TEST_IMAGE;

export function temporaryDirectory(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'phyllome-lab-'));
}

/** Builds may go on beside these machines, on the same processors: their deadlines are twice as long. */
export function crowded(accelerator: AcceleratorChoice): AcceleratorChoice {
  return { ...accelerator, timeScale: 2 * accelerator.timeScale };
}

/** Ids of the processes whose command line holds `text`, this one left out. */
export async function processesWith(text: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    ids.map(async (id) =>
      (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).includes(text) ? [Number(id)] : [],
    ),
  );
  return found.flat();
}

/** A run directory for each test of a suite. After the test nothing runs that knows of it, and it is gone. */
export function runDirectoryForEach(): { readonly path: string } {
  const directory = { path: '' };
  beforeEach(async () => {
    directory.path = await temporaryDirectory();
  });
  afterEach(async () => {
    expect(await processesWith(directory.path)).toEqual([]);
    await rm(directory.path, { recursive: true });
  });
  return directory;
}
